import { createPrivateKey, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { JWK } from 'jose'
import type { AccessTokenAlgorithm } from '../tokens/algorithms.js'
import type { ProveCaller } from './caller-proof.js'

/** A private key (RFC 7517), and what it signs with. */
export type PrivateJwk = JWK & { readonly alg: AccessTokenAlgorithm }

/** Who signs an assertion, with what, and for whom. */
export interface AssertionOptions {
  readonly id: string
  readonly issuer: string
  readonly privateKey: PrivateJwk
  readonly now: () => number
}

/** Long enough for the way to the issuer, and too short to be of use to who finds it in a log. */
const lifetime = 60

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * Proves who asks with `private_key_jwt` (RFC 7523 section 2.2): an assertion for each request, for the issuer and nobody
 * else, so that no endpoint can use it at another.
 */
export function signedAssertion({ id, issuer, privateKey, now }: AssertionOptions): ProveCaller {
  const { alg, kid } = privateKey
  const key = createPrivateKey({ key: { ...privateKey }, format: 'jwk' })
  return async () => {
    const issuedAt = Math.floor(now())
    const assertion = await new SignJWT()
      .setProtectedHeader({ alg, ...(kid !== undefined && { kid }) })
      .setIssuer(id)
      .setSubject(id)
      .setAudience(issuer)
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetime)
      .sign(key)
    return {
      parameters: {
        client_id: id,
        client_assertion_type: assertionType,
        client_assertion: assertion,
      },
    }
  }
}
