import { OAuthError } from '@bailiwick/protocol'
import type { ServerContext } from '../../context.js'
import type { Parameters } from '../../http/parameters.js'
import { readScope } from '../../resources/read-scope.js'
import type { RegisteredClient } from '../../stores/client-store.js'

/**
 * Reads `scope`, or takes the client's `defaultScopes` (RFC 6749 section 3.3).
 *
 * @throws OAuthError `invalid_request` when there are neither.
 */
export function readAuthorizationScopes(
  parameters: Parameters,
  { defaultScopes: scopes }: RegisteredClient,
  { report }: Pick<ServerContext, 'report'>,
): readonly string[] {
  const named = readScope(parameters)
  if (named !== undefined) return named
  if (scopes !== undefined) {
    report?.({ type: 'scopes_assumed', scopes, reason: 'default_scopes' })
    return scopes
  }
  throw new OAuthError('invalid_request', {
    description: 'scope is missing, and the client has no defaultScopes',
  })
}
