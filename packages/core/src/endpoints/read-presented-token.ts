import { OAuthError } from '@bailiwick/protocol'
import type { Parameters } from '../http/parameters.js'
import type { PresentedToken } from '../tokens/introspect.js'

/**
 * Reads the token that a request is about (RFC 7662 section 2.1, RFC 7009 section 2.1).
 *
 * @throws OAuthError `invalid_request` when there is none.
 */
export function readPresentedToken(parameters: Parameters): PresentedToken {
  const token = parameters.get('token')
  if (token === undefined) {
    throw new OAuthError('invalid_request', { description: 'token is missing' })
  }
  return { token, hint: parameters.get('token_type_hint') }
}
