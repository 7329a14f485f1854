import type {
  CsrfTokens,
  Interactions,
  Login,
  LoginThrottle,
  Sessions,
  UserGrants,
} from '@bailiwick/core'
import type { HttpRequest } from '@bailiwick/protocol'
import type { Appearance } from './appearance.js'
import type { PageRenderers } from './pages/page-renderers.js'

/** What the pages need of a server; `createAuthorizationServer` makes one. */
export interface UiServer {
  readonly issuer: string
  readonly interactions: Interactions
  readonly sessions: Sessions
  readonly grants: UserGrants
  readonly csrf: CsrfTokens
  readonly loginThrottle: LoginThrottle
}

/** What somebody typed to sign in. */
export interface Credentials {
  readonly username: string
  readonly password: string
}

/** Checks a user name and a password. */
export type Authenticate = (
  credentials: Credentials,
  request: HttpRequest,
) => Promise<Login | undefined>

/** The options of `createUi`. */
export interface UiOptions extends Appearance {
  /** What `createAuthorizationServer` has made. */
  readonly server: UiServer
  /**
   * Finds out who signs in. Gives `undefined` when the name is not known or the password is wrong, and takes as long for
   * the one as for the other. Throws when it could not look: an `OAuthError` `temporarily_unavailable` says so on a page.
   */
  readonly authenticate: Authenticate
  /**
   * Tells what people know an account as, such as its e-mail address; `undefined` when nobody knows.
   *
   * @defaultValue the subject
   */
  readonly describeUser?: (subject: string) => Promise<string | undefined>
  /**
   * Where accounts are created, for `prompt=create` and for a link on the login page. The query parameter `interaction`
   * is added: with `server.interactions.login` that page says who the new user is, and so leads back.
   *
   * @defaultValue accounts are created elsewhere, and no page says where
   */
  readonly register?: string | URL
  /**
   * Pages in place of ours.
   *
   * @defaultValue `{}`
   */
  readonly pages?: Partial<PageRenderers>
  /**
   * Where users see and take back what they allowed, below the issuer.
   *
   * @defaultValue `'/grants'`
   */
  readonly grantsPath?: string
  /**
   * Is told about everything that ended in a page with status 500 or above.
   *
   * @defaultValue nobody is told
   */
  readonly onError?: (error: unknown) => void
}
