import { Buffer } from 'node:buffer'
import { verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { Refusal } from '../errors/refusal.js'
import { verificationScheme } from './algorithms.js'
import type { DecodedToken } from './decode-token.js'

/**
 * Checks a signature with a key that was imported for the algorithm of the token and for no other. It asks `node:crypto`
 * itself: a JWS library would decode once more what was just decoded and checked, and goes through Web Crypto, and that
 * alone made a guarded route slower than a bare verification. It does so at once: to hand the work to another thread and
 * to be told of its end takes about as long as the work.
 */
export function checkSignature(
  { header, signingInput, signature }: DecodedToken,
  key: KeyObject,
): void {
  const { digest, ...scheme } = verificationScheme(header.alg)
  const isGenuine = verify(
    digest,
    Buffer.from(signingInput, 'latin1'),
    { key, ...scheme },
    Buffer.from(signature, 'base64url'),
  )
  if (!isGenuine) throw new Refusal('invalid_signature')
}
