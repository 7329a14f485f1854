import { OAuthError } from '@bailiwick/protocol'
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
  { defaultScopes }: RegisteredClient,
): readonly string[] {
  const scopes = readScope(parameters) ?? defaultScopes
  if (scopes !== undefined) return scopes
  throw new OAuthError('invalid_request', {
    description: 'scope is missing, and the client has no defaultScopes',
  })
}
