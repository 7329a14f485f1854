import type { AuthenticatedClient } from '../client-authentication/authenticate-client.js'
import type { ServerContext } from '../context.js'
import type { Parameters } from '../http/parameters.js'
import type { RedeemedFor } from '../tokens/authorization-code.js'
import type { AuthenticatedUser } from '../tokens/issuance.js'
import type { RequestedClaims } from '../tokens/requested-claims.js'

/** A token request whose client is authenticated and allowed to use the grant type. */
export interface TokenRequest {
  readonly client: AuthenticatedClient
  readonly parameters: Parameters
}

/** What a grant decides: whom the token is about, and what it may be for. */
export interface GrantDecision {
  /** Absent when the client acts on its own behalf. */
  readonly user?: AuthenticatedUser
  /** Scope values, not yet checked against the client; `undefined` for everything that the client may have. */
  readonly scopes: readonly string[] | undefined
  /**
   * The resources that were named when the user was asked, empty when none was: the `resource` of the token request
   * has to keep to them. Absent when the token request itself is where resources are named.
   */
  readonly authorizedResources?: readonly string[]
  /** Claims that the client asked for one by one (OpenID Connect Core 1.0 section 5.5). */
  readonly requestedClaims?: RequestedClaims
  /** For the ID token. */
  readonly nonce?: string
  /** What is revoked together with the tokens that are issued now. */
  readonly family?: string
  /** The refresh token to send. Absent: a new one, if `offline_access` is granted. */
  readonly refreshToken?: string
  /**
   * Uses up what the request presented, a code for instance. It is called when everything else is ready to be sent, so
   * that a request which fails for another reason can be repeated; it throws `invalid_grant` when somebody was faster.
   */
  readonly redeem?: (issued: RedeemedFor) => Promise<void>
}

/** One value of `grant_type`: makes a decision from a token request, and issues nothing itself. */
export interface Grant {
  readonly grantType: string
  /** Throws an `OAuthError`, usually `invalid_grant`, when the request holds no valid grant. */
  readonly validate: (request: TokenRequest, context: ServerContext) => Promise<GrantDecision>
}
