import type { SigningAlgorithm } from '@bailiwick/protocol'
import type { AccessTokenType, ApplicationType } from './client.js'

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
  readonly accessTokenType: AccessTokenType
  /** With their prefix. */
  readonly claims: Readonly<Record<string, unknown>>
  readonly alwaysSendClientClaims: boolean
  /** What people are shown of it. */
  readonly display: ClientDisplay
  readonly applicationType: ApplicationType
  readonly redirectUris: ReadonlySet<string>
  readonly postLogoutRedirectUris: ReadonlySet<string>
  readonly allowedCorsOrigins: ReadonlySet<string>
  readonly requirePkce: boolean
  /** `undefined`: an authorization request has to name its scopes. */
  readonly defaultScopes: readonly string[] | undefined
  readonly authorizationCodeLifetime: number
  readonly identityTokenLifetime: number
  readonly allowedIdentityTokenSigningAlgorithms: readonly SigningAlgorithm[]
  readonly alwaysIncludeUserClaimsInIdToken: boolean
  readonly refreshTokens: RefreshTokenPolicy
  readonly consent: ConsentPolicy
  readonly userSsoLifetime: number | undefined
  readonly backChannelLogoutUri: string | undefined
  readonly frontChannelLogoutUri: string | undefined
  readonly frontChannelLogoutSessionRequired: boolean
}

/** What people are shown of a client. */
export interface ClientDisplay {
  readonly clientId: string
  readonly clientName: string | undefined
  readonly clientUri: string | undefined
  readonly logoUri: string | undefined
}

/** How the refresh tokens of a client live and are replaced. */
export interface RefreshTokenPolicy {
  readonly usage: 'oneTimeOnly' | 'reUse'
  /** In seconds. */
  readonly reuseInterval: number
  readonly expiration: 'absolute' | 'sliding'
  /** In seconds; `Infinity` when there is no end. */
  readonly absoluteLifetime: number
  /** In seconds. */
  readonly slidingLifetime: number
}

/** When the users of a client are asked, and for how long their answer counts. */
export interface ConsentPolicy {
  readonly isRequired: boolean
  readonly mayBeRemembered: boolean
  /** In seconds; `Infinity` until it is revoked. */
  readonly lifetime: number
}

/** Looks clients up. */
export interface ClientStore {
  /** Gives `undefined` for a client that does not exist or is disabled, and throws when it could not look. */
  readonly find: (clientId: string) => Promise<RegisteredClient | undefined>
  /** Tells whether any enabled client lists an origin in `allowedCorsOrigins`, and throws when it could not look. */
  readonly hasCorsOrigin: (origin: string) => Promise<boolean>
}
