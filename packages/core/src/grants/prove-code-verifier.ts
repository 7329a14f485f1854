import { hash } from 'node:crypto'
import { OAuthError } from '@bailiwick/protocol'

const invalidGrant = (description: string): OAuthError =>
  new OAuthError('invalid_grant', { description })

const wellFormed = /^[\w.~-]{43,128}$/

/**
 * Checks that who redeems a code is who asked for it (RFC 7636 section 4.6).
 *
 * @throws OAuthError `invalid_grant`, also when there is a verifier and no challenge: somebody may have removed the
 * challenge on its way (RFC 9700 section 4.8.2).
 */
export function proveCodeVerifier(
  verifier: string | undefined,
  codeChallenge: string | undefined,
): void {
  if (codeChallenge === undefined) {
    if (verifier === undefined) return
    throw invalidGrant(
      'code_verifier was sent for a code that was asked for without code_challenge',
    )
  }
  if (verifier === undefined) throw invalidGrant('code_verifier is missing')
  if (!wellFormed.test(verifier)) {
    throw invalidGrant('code_verifier must have 43 to 128 of the characters A-Z a-z 0-9 - . _ ~')
  }
  // Both are hashes of what is secret, so the time of this comparison tells nothing.
  if (hash('sha256', verifier, 'base64url') !== codeChallenge) {
    throw invalidGrant('code_verifier does not fit the code_challenge')
  }
}
