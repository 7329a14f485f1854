import type { Secret } from '@bailiwick/protocol'

/** An application that asks for tokens, as you configure it (RFC 6749 section 2). */
export interface Client<
  ScopeName extends string = string,
  ApiResourceName extends string = string,
> {
  readonly clientId: string
  /** Shown to people. */
  readonly clientName?: string
  /**
   * Whether it can be used. A disabled client is treated as unknown.
   *
   * @defaultValue `true`
   */
  readonly enabled?: boolean
  /** With which it authenticates. Several make a rotation possible. */
  readonly clientSecrets?: readonly Secret[]
  /**
   * Whether it must authenticate: `false` makes it a public client (RFC 6749 section 2.1).
   *
   * @defaultValue `true`
   */
  readonly requireClientSecret?: boolean
  /** The values of `grant_type` it may use. */
  readonly allowedGrantTypes: readonly string[]
  /**
   * Names of the identity resources and API scopes it may ask for.
   *
   * @defaultValue `[]`
   */
  readonly allowedScopes?: readonly ScopeName[]
  /** Names of the API resources it may get tokens for. Without it: any that lists one of its scopes. */
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
  /** Claims about the client itself, sent in access tokens below {@link clientClaimsPrefix}. */
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
  /** Anything else you want to keep with it. */
  readonly properties?: Readonly<Record<string, string>>
}

/** A secret in the form in which it is compared. */
export interface HashedSecret {
  /** The SHA-256 of the secret. */
  readonly hash: Uint8Array
  /** Seconds since the epoch; `Infinity` when it does not expire. */
  readonly expiresAt: number
}

/** A {@link Client} in the form in which requests are checked against it: defaults applied, lists indexed. */
export interface RegisteredClient {
  readonly clientId: string
  readonly secrets: readonly HashedSecret[]
  readonly isConfidential: boolean
  readonly allowedGrantTypes: ReadonlySet<string>
  readonly allowedScopes: ReadonlySet<string>
  /** `undefined`: any. */
  readonly allowedResources: ReadonlySet<string> | undefined
  readonly allowOfflineAccess: boolean
  readonly accessTokenLifetime: number
  /** With their prefix. */
  readonly claims: Readonly<Record<string, unknown>>
  readonly alwaysSendClientClaims: boolean
}

/** Looks clients up. */
export interface ClientStore {
  /** Gives `undefined` for a client that does not exist or is disabled, and throws when it could not look. */
  readonly find: (clientId: string) => Promise<RegisteredClient | undefined>
}
