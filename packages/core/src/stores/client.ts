import type { Secret, SigningAlgorithm } from '@bailiwick/protocol'

/** Whether it runs in a browser or on a server, or is installed on the user's device (RFC 6749 section 2.1). */
export type ApplicationType = 'web' | 'native'

/** What an access token is made of: `jwt` says itself what it is good for, `reference` is a handle of what is stored. */
export type AccessTokenType = 'jwt' | 'reference'

/** An application that asks for tokens, as you configure it (RFC 6749 section 2). */
export interface Client<
  ScopeName extends string = string,
  ApiResourceName extends string = string,
> {
  /** The name by which it is known to the server: `client_id` in requests and tokens. */
  readonly clientId: string
  /**
   * Shown to people.
   *
   * @defaultValue people read the `clientId`
   */
  readonly clientName?: string
  /**
   * A page about it, for people.
   *
   * @defaultValue none
   */
  readonly clientUri?: string
  /**
   * Its logo, for people: an https URL of an image.
   *
   * @defaultValue the first letter of its name
   */
  readonly logoUri?: string
  /**
   * Whether it can be used. A disabled client is treated as unknown.
   *
   * @defaultValue `true`
   */
  readonly enabled?: boolean
  /**
   * With which it authenticates. Several make a rotation possible. It needs one unless `requireClientSecret` is `false`.
   *
   * @defaultValue `[]`
   */
  readonly clientSecrets?: readonly Secret[]
  /**
   * Whether it must authenticate: `false` makes it a public client (RFC 6749 section 2.1).
   *
   * @defaultValue `true`
   */
  readonly requireClientSecret?: boolean
  /**
   * The values of `grant_type` it may use: `authorization_code`, `refresh_token`, `client_credentials`, and those of
   * your own grants.
   */
  readonly allowedGrantTypes: readonly string[]
  /**
   * Names of the identity resources and API scopes it may ask for.
   *
   * @defaultValue `[]`
   */
  readonly allowedScopes?: readonly ScopeName[]
  /**
   * Names of the API resources it may get tokens for.
   *
   * @defaultValue any API resource that lists one of its scopes
   */
  readonly allowedResources?: readonly ApiResourceName[]
  /**
   * Whether it may ask for `offline_access`, that is for refresh tokens.
   *
   * @defaultValue `false`
   */
  readonly allowOfflineAccess?: boolean
  /**
   * Lifetime of its access tokens, in seconds.
   *
   * @defaultValue `3600`
   */
  readonly accessTokenLifetime?: number
  /**
   * `jwt`: APIs check its access tokens themselves (RFC 9068). `reference`: they are handles, APIs ask the introspection
   * endpoint (RFC 7662), and what is revoked is over at once.
   *
   * @defaultValue `'jwt'`
   */
  readonly accessTokenType?: AccessTokenType
  /**
   * Claims about the client itself, sent in access tokens below {@link clientClaimsPrefix}.
   *
   * @defaultValue `{}`
   */
  readonly claims?: Readonly<Record<string, unknown>>
  /**
   * Whether {@link claims} are also sent when the token is about a user.
   *
   * @defaultValue `false`
   */
  readonly alwaysSendClientClaims?: boolean
  /**
   * What the names of {@link claims} are prefixed with, so that nobody takes them for claims about a user.
   *
   * @defaultValue `'client_'`
   */
  readonly clientClaimsPrefix?: string
  /**
   * A `native` one may be called back at any port of a loopback address it has registered (RFC 8252 section 7.3).
   *
   * @defaultValue `'web'`
   */
  readonly applicationType?: ApplicationType
  /**
   * Where it may be called back after an authorization request: compared character by character. With
   * `authorization_code` it needs one.
   *
   * @defaultValue `[]`
   */
  readonly redirectUris?: readonly string[]
  /**
   * Where a user may be sent after signing out: compared character by character.
   *
   * @defaultValue `[]`
   */
  readonly postLogoutRedirectUris?: readonly string[]
  /**
   * Origins of web pages that may call the token, revocation and userinfo endpoints for it, e.g.
   * `https://app.example.com`.
   *
   * @defaultValue `[]`
   */
  readonly allowedCorsOrigins?: readonly string[]
  /**
   * Whether it must prove with PKCE that it sent the authorization request itself (RFC 7636). Only `S256` is known.
   *
   * @defaultValue `true`
   */
  readonly requirePkce?: boolean
  /**
   * The scopes of an authorization request without `scope`.
   *
   * @defaultValue such a request is an error
   */
  readonly defaultScopes?: readonly (ScopeName | 'offline_access')[]
  /**
   * Lifetime of its authorization codes, in seconds.
   *
   * @defaultValue `60`
   */
  readonly authorizationCodeLifetime?: number
  /**
   * Lifetime of its ID tokens, in seconds.
   *
   * @defaultValue `300`
   */
  readonly identityTokenLifetime?: number
  /**
   * With which of these algorithms to sign its ID tokens, the most wanted first.
   *
   * @defaultValue `[]`, the server's default
   */
  readonly allowedIdentityTokenSigningAlgorithms?: readonly SigningAlgorithm[]
  /**
   * Whether its ID tokens carry the claims of the granted identity resources also when it could ask userinfo for them.
   *
   * @defaultValue `false`
   */
  readonly alwaysIncludeUserClaimsInIdToken?: boolean
  /**
   * `oneTimeOnly`: each use of a refresh token gives a new one, and a second use revokes them all. `reUse`: it stays.
   *
   * @defaultValue `'oneTimeOnly'` for public clients (RFC 9700 section 4.14.2), `'reUse'` for others
   */
  readonly refreshTokenUsage?: 'oneTimeOnly' | 'reUse'
  /**
   * For how many seconds a refresh token that was replaced gives the same answer again, in case the first got lost.
   *
   * @defaultValue `0` for public clients, `10` for others
   */
  readonly refreshTokenReuseInterval?: number
  /**
   * `absolute`: a refresh token and its successors end at a fixed time. `sliding`: each use extends it, up to that.
   *
   * @defaultValue `'absolute'`
   */
  readonly refreshTokenExpiration?: 'absolute' | 'sliding'
  /**
   * Seconds from the authorization to the end of all its refresh tokens. `0`: no end, for sliding ones only.
   *
   * @defaultValue `2592000`, 30 days
   */
  readonly absoluteRefreshTokenLifetime?: number
  /**
   * Seconds for which a sliding refresh token may lie unused.
   *
   * @defaultValue `1296000`, 15 days
   */
  readonly slidingRefreshTokenLifetime?: number
  /**
   * Whether users are asked before it gets anything.
   *
   * @defaultValue `false`
   */
  readonly requireConsent?: boolean
  /**
   * Whether users may have their consent remembered.
   *
   * @defaultValue `true`
   */
  readonly allowRememberConsent?: boolean
  /**
   * For how many seconds a consent is remembered.
   *
   * @defaultValue until it is revoked
   */
  readonly consentLifetime?: number
  /**
   * For how many seconds after signing in users need not do so again for this client.
   *
   * @defaultValue as long as the session lasts
   */
  readonly userSsoLifetime?: number
  /**
   * Where to tell it from server to server that a session has ended (OpenID Connect Back-Channel Logout 1.0).
   *
   * @defaultValue it is not told
   */
  readonly backChannelLogoutUri?: string
  /**
   * What the user's browser loads when a session has ended (OpenID Connect Front-Channel Logout 1.0).
   *
   * @defaultValue nothing is loaded
   */
  readonly frontChannelLogoutUri?: string
  /**
   * Whether {@link frontChannelLogoutUri} is called with `iss` and `sid`.
   *
   * @defaultValue `true`
   */
  readonly frontChannelLogoutSessionRequired?: boolean
  /**
   * Anything else you want to keep with it.
   *
   * @defaultValue none
   */
  readonly properties?: Readonly<Record<string, string>>
}
