import { Buffer } from 'node:buffer'
import { verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { isWorkerd } from '@bailiwick/protocol'
import { compactVerify, errors } from 'jose'
import { Refusal } from '../errors/refusal.js'
import { verificationScheme } from './algorithms.js'
import type { DecodedToken } from './decode-token.js'

/** Checks a signature with a key that was imported for the algorithm of the token and for no other. */
type CheckSignature = (token: DecodedToken, key: KeyObject) => void | Promise<void>

/**
 * Asks `node:crypto` itself: a JWS library would decode once more what was just decoded and checked, and goes through Web
 * Crypto, and that alone made a guarded route slower than a bare verification. It does so at once: to hand the work to
 * another thread and to be told of its end takes about as long as the work.
 */
const checkWithNodeCrypto: CheckSignature = ({ header, signingInput, signature }, key) => {
  const { digest, options } = verificationScheme(header.alg)
  const isGenuine = verify(
    digest,
    Buffer.from(signingInput, 'latin1'),
    // Not in an object unless it has to be: Node.js 24 takes half as long again to unwrap it.
    options === undefined ? key : { key, ...options },
    Buffer.from(signature, 'base64url'),
  )
  if (!isGenuine) throw new Refusal('invalid_signature')
}

/** Asks Web Crypto, where `node:crypto` takes no key together with a scheme and calls every PSS signature wrong. */
const checkWithWebCrypto: CheckSignature = async ({ header, signingInput, signature }, key) => {
  try {
    await compactVerify(`${signingInput}.${signature}`, key, { algorithms: [header.alg] })
  } catch (thrown) {
    const isWrong = thrown instanceof errors.JWSSignatureVerificationFailed
    throw isWrong ? new Refusal('invalid_signature') : thrown
  }
}

/** Refuses a token whose signature is wrong. A promise only on workerd. */
export const checkSignature: CheckSignature = isWorkerd ? checkWithWebCrypto : checkWithNodeCrypto
