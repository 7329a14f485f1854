import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import type { ConsentDecision, DenialCode, Interaction, Login } from './interaction.js'

/**
 * For the pages on which users sign in, consent and sign out: yours, or those of `@bailiwick/ui`.
 *
 * A browser arrives with an opaque id. A page finds out what to ask, asks, and reports the answer; each report gives
 * the URL to send that same browser to, with status 303. The URL is good for one use in the browser in which the
 * request began, so neither a link somebody else sent nor a page that somebody else filled in signs anyone in.
 *
 * Every report throws an `OAuthError` `invalid_request` when the interaction has expired, is finished, or asks for
 * something else.
 */
export interface Interactions {
  /** Finds out what to ask; `undefined` when it has expired or is finished. */
  readonly find: (id: string) => Promise<Interaction | undefined>
  /** Tells whether a request comes from the browser in which the interaction began. Ask before showing a form. */
  readonly isSameBrowser: (
    interaction: Interaction,
    request: Pick<HttpRequest, 'headers'>,
  ) => boolean
  /** The user has signed in: answers `login`, `select_account` and `create`. Check the credentials before. */
  readonly login: (id: string, login: Login) => Promise<string>
  /** The user goes on as who is signed in already: answers `select_account`. */
  readonly continue: (id: string) => Promise<string>
  /** The user has decided: answers `consent`. What was not asked for cannot be allowed. */
  readonly consent: (id: string, decision: ConsentDecision) => Promise<string>
  /** The user wants to be signed out: answers `logout`. */
  readonly logout: (id: string) => Promise<string>
  /**
   * The request ends here, and its client is told why. For `logout`: the user stays signed in.
   *
   * @defaultValue `error`: `'access_denied'`
   */
  readonly deny: (id: string, error?: DenialCode) => Promise<string>
  /**
   * Has the user sign in for a page of your own, such as one on which grants are managed: answers with a redirect to
   * the login page, which leads back.
   *
   * @param returnTo a path below the origin of the issuer, e.g. `/grants`. Anything else is a `TypeError`.
   */
  readonly signIn: (request: HttpRequest, returnTo: string) => Promise<HttpResponse>
}
