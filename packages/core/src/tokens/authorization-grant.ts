import type { AuthenticatedUser } from './issuance.js'
import type { RequestedClaims } from './requested-claims.js'

/** What a user allowed a client: what a code stands for, and a refresh token after it. */
export interface AuthorizationGrant {
  readonly user: AuthenticatedUser
  /** All granted scope values, whatever a single token is narrowed to. */
  readonly scopes: readonly string[]
  /** The resources that were named when the user was asked; absent when nobody could be asked then. */
  readonly resources?: readonly string[]
  readonly requestedClaims?: RequestedClaims
  /** What descends from the same authorization has the same, and is revoked together. */
  readonly family: string
}
