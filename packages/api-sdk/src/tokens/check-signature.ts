import { Buffer } from 'node:buffer'
import { verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { compactVerify, errors } from 'jose'
import { isWorkerd } from '../is-workerd.js'
import { Refusal } from '../errors/refusal.js'
import { verificationScheme } from './algorithms.js'
import type { DecodedToken } from './decode-token.js'

/** Checks a signature with a key that was imported for the algorithm of the token and for no other. */
type CheckSignature = (token: DecodedToken, key: KeyObject) => Promise<void>

const verifySignature = promisify(verify)

/**
 * Asks `node:crypto` itself: a JWS library would decode once more what was just decoded and checked, and goes through Web
 * Crypto, and that alone made a guarded route slower than a bare verification.
 */
const checkWithNodeCrypto: CheckSignature = async ({ header, signingInput, signature }, key) => {
  const { digest, ...scheme } = verificationScheme(header.alg)
  const isGenuine = await verifySignature(
    digest,
    Buffer.from(signingInput, 'latin1'),
    { key, ...scheme },
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

/** Checks a signature with a key that was imported for the algorithm of the token and for no other. */
export const checkSignature = isWorkerd ? checkWithWebCrypto : checkWithNodeCrypto
