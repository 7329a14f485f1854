import type { Interaction } from '@bailiwick/core'
import type { HttpRequest } from '@bailiwick/protocol'
import { answerWithPage } from '../http/answer-with-page.js'
import type { RenderedPage } from '../http/answer-with-page.js'
import { PageFailure } from '../page-failure.js'
import { clientLogo } from '../parts/client.js'
import type { Account, FormTarget, PageContent, View } from '../parts/page-content.js'
import type { Language } from '../texts/catalogue.js'
import { chooseLanguage } from '../texts/choose-language.js'
import type { Ui } from '../ui.js'

/** A browser at an interaction that began in it. */
export interface Visit {
  readonly ui: Ui
  readonly request: HttpRequest
  readonly interaction: Interaction
  readonly language: Language
  readonly form: FormTarget
  readonly account: Account | undefined
}

/**
 * Opens an interaction.
 *
 * @throws PageFailure when it has expired or is finished, or when it began in another browser: a page that showed a form
 * there could sign somebody in as somebody else.
 */
export async function openVisit(id: string, request: HttpRequest, ui: Ui): Promise<Visit> {
  const { interactions, csrf } = ui.server
  const interaction = await interactions.find(id)
  if (interaction === undefined) throw new PageFailure('notValid')
  const csrfToken = csrf.create(request, id)
  if (!interactions.isSameBrowser(interaction, request) || csrfToken === undefined) {
    throw new PageFailure('otherBrowser')
  }
  const { uiLocales, user } = interaction
  return {
    ui,
    request,
    interaction,
    language: chooseLanguage(uiLocales, request, ui.site.catalogue),
    form: { action: `${ui.site.issuerPath}${ui.interactionPath}/${id}`, csrfToken },
    account: user && (await ui.accountOf(user.subject)),
  }
}

/** What every page of an interaction is told. */
export function viewOf({
  language,
  form,
  interaction,
  account,
}: Visit): View & Pick<Visit, 'form' | 'account'> & { readonly client: Interaction['client'] } {
  return { language, form, account, client: interaction.client }
}

/** How an answer differs from a page that is shown for the first time. */
export type Differences = Pick<RenderedPage, 'status' | 'headers'>

/** Answers with a page of an interaction. */
export function answerVisit(
  { ui, interaction, language }: Visit,
  page: Differences & { readonly name: string; readonly content: PageContent },
): ReturnType<typeof answerWithPage> {
  return answerWithPage(ui.site, {
    language,
    permissions: {
      images: [clientLogo(interaction.client)],
      // Where a client is waiting, its answer follows the form, and wherever the client sends the browser then.
      forms: interaction.redirectUri === undefined ? 'self' : 'anywhere',
    },
    ...page,
  })
}
