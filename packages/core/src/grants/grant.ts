import type { AuthenticatedClient } from '../client-authentication/authenticate-client.js'
import type { ServerContext } from '../context.js'
import type { Parameters } from '../http/parameters.js'
import type { AuthenticatedUser } from '../tokens/issuance.js'

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
}

/** One value of `grant_type`: makes a decision from a token request, and issues nothing itself. */
export interface Grant {
  readonly grantType: string
  /** Throws an `OAuthError`, usually `invalid_grant`, when the request holds no valid grant. */
  readonly validate: (request: TokenRequest, context: ServerContext) => Promise<GrantDecision>
}
