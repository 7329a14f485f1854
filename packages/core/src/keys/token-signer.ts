import { createPrivateKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { SigningAlgorithm } from '@bailiwick/protocol'
import { calculateJwkThumbprint } from 'jose'
import type { JWK } from 'jose'
import { signJwt } from './sign-jwt.js'
import type { SigningKeyJwk } from './signing-keys.js'
import { createJwtVerifier } from './verify-jwt.js'
import type { VerifiedJwt } from './verify-jwt.js'

/** A token before it is signed. */
export interface UnsignedToken {
  /** The media type of the token, e.g. `at+jwt`. */
  readonly typ: string
  readonly algorithm: SigningAlgorithm
  readonly claims: Readonly<Record<string, unknown>>
}

/** Signs tokens and publishes the matching public keys. */
export interface TokenSigner {
  /** Those it has keys for, the default first. */
  readonly algorithms: readonly [SigningAlgorithm, ...SigningAlgorithm[]]
  readonly sign: (token: UnsignedToken) => Promise<string>
  /**
   * Takes a token apart if one of these keys has signed it; `undefined` otherwise. Neither its type nor any claim is
   * looked at: whose it is, what it is for and whether it has expired is for the caller to compare.
   */
  readonly verify: (token: string) => Promise<VerifiedJwt | undefined>
  /** The public keys (RFC 7517 section 5). */
  readonly jwks: () => Promise<{ readonly keys: readonly JWK[] }>
}

interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicJwk: JWK
}

async function importSigningKey(jwk: SigningKeyJwk): Promise<SigningKey> {
  const kid = jwk.kid ?? (await calculateJwkThumbprint(jwk))
  const { alg, kty, crv, x, y, n, e } = jwk
  const members = Object.entries({ kty, crv, x, y, n, e }).filter(
    ([, value]) => value !== undefined,
  )
  return {
    kid,
    privateKey: createPrivateKey({ key: { ...jwk }, format: 'jwk' }),
    publicJwk: { ...Object.fromEntries(members), kid, alg, use: 'sig' },
  }
}

/**
 * Signs with keys that are imported once. Of several keys for one algorithm the first signs; all are
 * published, so that tokens of a key that is being replaced stay valid.
 */
export function createTokenSigner(jwks: readonly [SigningKeyJwk, ...SigningKeyJwk[]]): TokenSigner {
  const keys = jwks.map((jwk) => ({ alg: jwk.alg, imported: importSigningKey(jwk) }))
  const keyByAlgorithm = new Map(keys.toReversed().map(({ alg, imported }) => [alg, imported]))
  const [{ alg: first }] = jwks
  const published = Promise.all(keys.map((key) => key.imported)).then((imported) =>
    imported.map(({ publicJwk }) => publicJwk),
  )
  const verifier = published.then(createJwtVerifier)
  return {
    algorithms: [first, ...[...new Set(keys.map(({ alg }) => alg))].filter((alg) => alg !== first)],
    async sign({ typ, algorithm, claims }) {
      const key = await keyByAlgorithm.get(algorithm)
      if (key === undefined) throw new TypeError(`no key signs with ${algorithm}`)
      return signJwt({ alg: algorithm, kid: key.kid, typ }, claims, key.privateKey)
    },
    verify: async (token) => (await verifier)(token),
    jwks: async () => ({ keys: await published }),
  }
}
