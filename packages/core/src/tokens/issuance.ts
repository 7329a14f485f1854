import type { TokenResources } from '../resources/narrow-resources.js'
import type { RegisteredClient } from '../stores/client-store.js'
import type { JsonValue } from '../stores/store.js'
import type { RequestedClaims } from './requested-claims.js'

/** A user whom a grant has authenticated. */
export interface AuthenticatedUser {
  /** The user's identifier, which no client's identifier may equal (RFC 9068 section 5). */
  readonly subject: string
  /** When the user signed in, in seconds since the epoch. */
  readonly authTime?: number
  /** How the user signed in (RFC 8176). */
  readonly amr?: readonly string[]
  readonly acr?: string
  readonly sessionId?: string
  /** The identity provider at which the user signed in. */
  readonly identityProvider?: string
  /** Claims that are only known from the login. */
  readonly claims?: Readonly<Record<string, JsonValue>>
}

/** Whom a token is about, who asked for it, and what it is for. */
export interface Issuance {
  readonly client: RegisteredClient
  /** `undefined` when the client acts on its own behalf. */
  readonly user: AuthenticatedUser | undefined
  readonly resources: TokenResources
}

/** An access token to issue, and what is to be known of it later. */
export interface AccessTokenIssuance extends Issuance {
  readonly requestedClaims: RequestedClaims | undefined
  /** What it can be revoked together with. */
  readonly family: string | undefined
}
