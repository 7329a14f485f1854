import { OAuthError } from '@bailiwick/protocol'
import type { Parameters } from '../../http/parameters.js'

const longest = 1000

/** Reads `nonce`, which the ID token repeats (OpenID Connect Core 1.0 section 3.1.2.1). */
export function readNonce(parameters: Parameters): string | undefined {
  const nonce = parameters.get('nonce')
  if (nonce === undefined || nonce.length <= longest) return nonce
  throw new OAuthError('invalid_request', {
    description: `nonce is longer than ${longest} characters`,
  })
}
