import { Buffer } from 'node:buffer'
import type { CryptoKey } from 'jose'
import { Refusal } from '../errors/refusal.js'
import { verificationParameters } from './algorithms.js'
import type { DecodedToken } from './decode-token.js'

/**
 * Checks a signature with a key that was imported for the algorithm of the token and for no other. It asks Web Crypto
 * itself: a JWS library would decode once more what was just decoded and checked, and that alone made a guarded route
 * slower than a bare verification.
 */
export async function checkSignature(
  { header, signingInput, signature }: DecodedToken,
  key: CryptoKey,
): Promise<void> {
  const isGenuine = await crypto.subtle.verify(
    verificationParameters(header.alg),
    key,
    Buffer.from(signature, 'base64url'),
    Buffer.from(signingInput, 'latin1'),
  )
  if (!isGenuine) throw new Refusal('invalid_signature')
}
