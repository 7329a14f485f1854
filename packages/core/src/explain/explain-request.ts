import type { Login } from '../authorization/interaction.js'

/** The request that is to be explained: what a client would send, and who the user would be. */
export interface ExplainRequest {
  readonly clientId: string
  /**
   * The grant type (RFC 6749 section 1.3) with which the client gets its first token.
   *
   * @defaultValue `authorization_code` when there is a user, otherwise `client_credentials`
   */
  readonly grantType?: string
  /** The value of `scope`, separated by spaces. Without it the request has none. */
  readonly scope?: string
  /** The values of `resource` (RFC 8707): of the authorization request where there is one, otherwise of the token request. */
  readonly resources?: readonly string[]
  /** The one `resource` of the token request that follows an authorization request. Several are refused. */
  readonly tokenResource?: string | readonly string[]
  /** The value of `claims` in an authorization request (OpenID Connect Core 1.0 section 5.5), as JSON. */
  readonly claims?: string
  /** Further parameters of the authorization request, `nonce` or `prompt` for instance. */
  readonly authorizationParameters?: Readonly<Record<string, string>>
  /** The user, as a login would tell. */
  readonly user?: Login
  /**
   * The scopes that the user allows, where the server asks for consent.
   *
   * @defaultValue all that are asked for
   */
  readonly consent?: readonly string[]
  /**
   * What the user has allowed before, perhaps under another configuration. Then there is no authorization request: the
   * code, or the refresh token, is one of this.
   */
  readonly authorized?: AuthorizedBefore
  /**
   * Explains the tokens of the refresh that comes after.
   *
   * @defaultValue none: those of the first token request
   */
  readonly refresh?: RefreshRequest
  /** Names of scopes, API resources or claims about which to say why they are not there. */
  readonly whyNot?: readonly string[]
  /** Further parameters of the token request, for a grant of your own. */
  readonly parameters?: Readonly<Record<string, string>>
}

/** What a refresh (RFC 6749 section 6) asks for. */
export interface RefreshRequest {
  readonly scope?: string
  readonly resource?: string
}

/** What a user has allowed a client. */
export interface AuthorizedBefore {
  /** The scope values. */
  readonly scopes: readonly string[]
  /** The resources that the authorization request named; absent when there was none. */
  readonly resources?: readonly string[]
}
