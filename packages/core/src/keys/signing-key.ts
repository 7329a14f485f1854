import { createPrivateKey } from 'node:crypto'
import type { SigningAlgorithm } from '@bailiwick/protocol'
import { calculateJwkThumbprint } from 'jose'
import type { JWK } from 'jose'
import { signingWith } from './sign-jwt.js'
import type { SignBytes } from './sign-jwt.js'
import { isSigner, signingBy } from './signer.js'
import type { Signer } from './signer.js'
import type { SigningKeyJwk } from './signing-keys.js'

/** A key that is ready to sign. */
export interface SigningKey {
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  /** As it stands in the JWK Set. */
  readonly publicJwk: JWK
  readonly sign: SignBytes
}

/** What is public of a JWK. */
function publicPartOf({ kty, crv, x, y, n, e }: JWK): JWK {
  const members = Object.entries({ kty, crv, x, y, n, e })
  return Object.fromEntries(members.filter(([, value]) => value !== undefined))
}

/** Makes a key ready to sign, once: to import it each time would cost more than to sign. */
export async function importSigningKey(key: SigningKeyJwk | Signer): Promise<SigningKey> {
  const { alg } = key
  const jwk = isSigner(key) ? key.publicJwk : key
  const kid = key.kid ?? (await calculateJwkThumbprint(jwk))
  return {
    kid,
    algorithm: alg,
    publicJwk: { ...publicPartOf(jwk), kid, alg, use: 'sig' },
    sign: isSigner(key)
      ? signingBy(key)
      : signingWith(createPrivateKey({ key: { ...key }, format: 'jwk' }), alg),
  }
}
