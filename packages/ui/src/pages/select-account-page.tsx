/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ClientDisplay } from '@bailiwick/core'
import { ClientHeading } from '../parts/client-heading.js'
import { Form } from '../parts/form.js'
import { Icon } from '../parts/icon.js'
import { renderContent } from '../parts/render-content.js'
import type { Account, FormTarget, PageContent, View } from '../parts/page-content.js'
import { fill } from '../texts/fill.js'

/** What the page shows on which users choose an account. Its form sends `decision=continue` or `decision=cancel`. */
export interface SelectAccountView extends View {
  readonly form: FormTarget
  readonly client: ClientDisplay | undefined
  /** Who is signed in. */
  readonly account: Account
  /** Where to sign in as somebody else. */
  readonly loginUrl: string
  /** Whether there is a client to go back to. */
  readonly mayCancel: boolean
}

/** The page on which users say whether they go on as who is signed in. */
export function selectAccountPage(view: SelectAccountView): PageContent {
  const { language, form, client, account, loginUrl, mayCancel } = view
  const { texts } = language
  return renderContent(
    texts.chooseAccount,
    <div class="stack wide-gap">
      <ClientHeading title={texts.chooseAccount} client={client} language={language} />
      <Form target={form} class="stack">
        <button class="choice" name="decision" value="continue">
          <Icon of="user" />
          <span>{fill(texts.continueAs, { name: account.name })}</span>
          <Icon of="arrow" />
        </button>
        <a class="choice" href={loginUrl}>
          <Icon of="plus" />
          <span>{texts.useAnotherAccount}</span>
          <Icon of="arrow" />
        </a>
        {mayCancel && (
          <button class="button quiet full" name="decision" value="cancel">
            {texts.cancel}
          </button>
        )}
      </Form>
    </div>,
  )
}
