import { createPublicKey } from 'node:crypto'
import type { SigningAlgorithm } from '@bailiwick/protocol'
import type { JWK } from 'jose'
import { unavailable } from '../unavailable.js'
import { verifyingWith } from './sign-jwt.js'
import type { SignBytes } from './sign-jwt.js'

/** A key that signs where this process cannot see it, such as in a hardware security module or a cloud service. */
export interface Signer {
  readonly alg: SigningAlgorithm
  /** Its public key, with which every signature is checked before it is used. */
  readonly publicJwk: JWK
  /**
   * The name of the key in tokens and in the JWK Set.
   *
   * @defaultValue the thumbprint of its public key (RFC 7638)
   */
  readonly kid?: string
  /**
   * Gives the signature as a JWS has it (RFC 7518 section 3): for `ES256` the 64 bytes of r and s, not DER. What it
   * throws becomes 503.
   */
  readonly sign: (input: Uint8Array) => Promise<Uint8Array>
}

/** Tells a {@link Signer} from a key that is given as a JWK. */
export const isSigner = (key: object): key is Signer =>
  'sign' in key && typeof key.sign === 'function'

/**
 * Signs with a {@link Signer}, and hands no signature out that its public key does not verify: it would make a token
 * that nobody accepts, and a faulty one can betray the key.
 */
export function signingBy(signer: Signer): SignBytes {
  const { alg, publicJwk } = signer
  const isGood = verifyingWith(createPublicKey({ key: { ...publicJwk }, format: 'jwk' }), alg)

  async function signChecked(input: Uint8Array): Promise<Uint8Array> {
    const signature = await signer.sign(input)
    if (await isGood(input, signature)) return signature
    throw new Error(`the signer gave a signature that is none of its public key with ${alg}`)
  }

  return async (input) => {
    try {
      return await signChecked(input)
    } catch (cause) {
      throw unavailable('the key that signs tokens cannot be used at the moment', cause)
    }
  }
}
