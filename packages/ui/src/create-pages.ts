import type { ErrorPage, LoggedOutPage, Pages } from '@bailiwick/core'
import { ConfigurationError } from '@bailiwick/protocol'
import type { ConfigurationProblem } from '@bailiwick/protocol'
import { checkAppearance } from './appearance.js'
import type { Appearance } from './appearance.js'
import { answerWithPage } from './http/answer-with-page.js'
import { checkPages, createRenderers } from './pages/page-renderers.js'
import type { PageRenderers } from './pages/page-renderers.js'
import { createSite } from './site.js'
import type { Site } from './site.js'
import { chooseLanguage } from './texts/choose-language.js'

/** The options of {@link createPages}. */
export interface PagesOptions extends Appearance {
  /**
   * That of the server.
   *
   * @defaultValue one without a path, whose host the pages do not say
   */
  readonly issuer?: string
  /**
   * Pages in place of ours.
   *
   * @defaultValue `{}`
   */
  readonly pages?: Partial<Pick<PageRenderers, 'failure' | 'loggedOut'>>
}

type Render = Pick<PageRenderers, 'failure' | 'loggedOut'>

const secondsUntilRedirect = 3

const noHeaders = { headers: {} } as const

function checkIssuer(issuer: string | undefined): readonly ConfigurationProblem[] {
  if (issuer === undefined || URL.canParse(issuer)) return []
  return [{ path: 'issuer', message: 'must be the URL of the server' }]
}

const errorPage =
  (site: Site, { failure }: Render): Pages['error'] =>
  ({ error, description, status, uiLocales }: ErrorPage) => {
    const language = chooseLanguage(uiLocales, noHeaders, site.catalogue)
    const { badRequestTitle, badRequestText, serverErrorTitle, serverErrorText } = language.texts
    const isOurs = status >= 500
    return answerWithPage(site, {
      name: 'failure',
      language,
      content: failure({
        language,
        title: isOurs ? serverErrorTitle : badRequestTitle,
        text: isOurs ? serverErrorText : badRequestText,
        details: isOurs ? undefined : { error, description },
      }),
      permissions: { forms: 'none' },
      status,
    })
  }

const loggedOutPage =
  (site: Site, { loggedOut }: Render): Pages['loggedOut'] =>
  ({ uiLocales, ...page }: LoggedOutPage) => {
    const language = chooseLanguage(uiLocales, noHeaders, site.catalogue)
    const { redirectUri, frontChannelLogoutUris } = page
    return answerWithPage(site, {
      name: 'logged-out',
      language,
      content: loggedOut({ language, ...page }),
      permissions: { forms: 'none', frames: frontChannelLogoutUris },
      // The client expects the browser back (OpenID Connect RP-Initiated Logout 1.0 section 3), after the frames.
      headers:
        redirectUri === undefined
          ? {}
          : { refresh: `${secondsUntilRedirect};url=${new URL(redirectUri).href}` },
    })
  }

/**
 * Makes the pages that the server answers with itself, in the style of the others:
 * `createAuthorizationServer({ issuer, pages: createPages({ issuer }), … })`. Their stylesheet is served by `createUi`.
 *
 * @throws ConfigurationError with everything that is wrong with the options.
 */
export function createPages(options: PagesOptions = {}): Pages {
  const problems = [
    ...checkAppearance(options),
    ...checkIssuer(options.issuer),
    ...checkPages(options.pages),
  ]
  if (problems.length > 0) throw new ConfigurationError(problems)
  const site = createSite(options, options.issuer)
  const render = createRenderers(options.pages)
  return { error: errorPage(site, render), loggedOut: loggedOutPage(site, render) }
}
