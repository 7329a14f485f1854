import { OAuthError } from '@bailiwick/protocol'
import type { Parameters } from '../../http/parameters.js'
import { quoted } from '../../http/quoted.js'
import type { RegisteredClient } from '../../stores/client-store.js'

/** The values of `code_challenge_method`. `plain` protects from nobody who reads the request. */
export const codeChallengeMethods = ['S256'] as const

const invalidRequest = (description: string): OAuthError =>
  new OAuthError('invalid_request', { description })

// The base64url of a SHA-256.
const wellFormed = /^[\w-]{43}$/

/**
 * Reads the PKCE challenge (RFC 7636 section 4.3).
 *
 * @throws OAuthError `invalid_request` when it is missing and the client must send one, or when it is not `S256`.
 */
export function readCodeChallenge(
  parameters: Parameters,
  { requirePkce }: RegisteredClient,
): string | undefined {
  const challenge = parameters.get('code_challenge')
  const method = parameters.get('code_challenge_method')
  if (challenge === undefined) {
    if (requirePkce) throw invalidRequest('code_challenge is missing')
    if (method !== undefined) throw invalidRequest('code_challenge_method needs a code_challenge')
    return undefined
  }
  if (method !== 'S256') {
    // Without a method RFC 7636 means plain.
    throw invalidRequest(
      method === undefined
        ? `code_challenge_method is missing: use 'S256'`
        : `code_challenge_method ${quoted(method)} is not supported: use 'S256'`,
    )
  }
  if (wellFormed.test(challenge)) return challenge
  throw invalidRequest('code_challenge must be the base64url of a SHA-256: 43 characters')
}
