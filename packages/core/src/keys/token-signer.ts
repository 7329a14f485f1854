import type { SigningAlgorithm } from '@bailiwick/protocol'
import { decodeProtectedHeader } from 'jose'
import type { JWK } from 'jose'
import { longestJwksMaxAge } from './key-policy.js'
import { keySetOf } from './key-set.js'
import type { KeySet } from './key-set.js'
import { signJwt } from './sign-jwt.js'
import type { Signer } from './signer.js'
import { importSigningKey } from './signing-key.js'
import type { SigningKeyJwk } from './signing-keys.js'
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
  /** Signs a token as a JWS in compact form (RFC 7515 section 7.1). It rejects when there is no key for its algorithm. */
  readonly sign: (token: UnsignedToken) => Promise<string>
  /**
   * Takes a token apart if one of these keys has signed it; `undefined` otherwise. Neither its type nor any claim is
   * looked at: whose it is, what it is for and whether it has expired is for the caller to compare.
   */
  readonly verify: (token: string) => Promise<VerifiedJwt | undefined>
  /** The public key with this name, if it is published now. It looks again for one that it does not know. */
  readonly findKey: (kid: string) => Promise<JWK | undefined>
  /** The public keys (RFC 7517 section 5). */
  readonly jwks: () => Promise<{ readonly keys: readonly JWK[] }>
  /** For how many seconds others may keep the public keys. */
  readonly jwksMaxAge: number
}

/** Where a {@link TokenSigner} has its keys from. */
export interface KeySource {
  readonly read: () => Promise<KeySet>
  /** Looks for a key that {@link KeySource.read} did not give. Absent where the keys never change. */
  readonly lookAgain?: () => Promise<KeySet>
}

function kidOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid
  } catch {
    return undefined
  }
}

const keyNamed = ({ jwks }: KeySet, name: string): JWK | undefined =>
  jwks.find(({ kid }) => kid === name)

/** Signs with the keys of a source. */
export function createSourcedTokenSigner(
  { read, lookAgain }: KeySource,
  offered: Pick<TokenSigner, 'algorithms' | 'jwksMaxAge'>,
): TokenSigner {
  return {
    ...offered,
    async sign({ typ, algorithm, claims }) {
      const key = (await read()).signing.get(algorithm)
      if (key === undefined) throw new TypeError(`no key signs with ${algorithm}`)
      return signJwt({ alg: algorithm, kid: key.kid, typ }, claims, key.sign)
    },
    async verify(token) {
      const keys = await read()
      const verified = await keys.verify(token)
      if (verified !== undefined || lookAgain === undefined) return verified
      const kid = kidOf(token)
      if (kid === undefined || keys.kids.has(kid)) return undefined
      return (await lookAgain()).verify(token)
    },
    async findKey(kid) {
      const known = keyNamed(await read(), kid)
      return known ?? (lookAgain && keyNamed(await lookAgain(), kid))
    },
    jwks: async () => ({ keys: (await read()).jwks }),
  }
}

/**
 * Signs with keys that are imported once. Of several keys for one algorithm the first signs; all are
 * published, so that tokens of a key that is being replaced stay valid.
 */
export function createTokenSigner(
  keys: readonly [SigningKeyJwk | Signer, ...(SigningKeyJwk | Signer)[]],
): TokenSigner {
  const keySet = Promise.all(keys.map(importSigningKey)).then((imported) =>
    keySetOf(imported, imported.toReversed()),
  )
  const [{ alg: first }] = keys
  const others = new Set(keys.map(({ alg }) => alg).filter((alg) => alg !== first))
  return createSourcedTokenSigner(
    { read: () => keySet },
    { algorithms: [first, ...others], jwksMaxAge: longestJwksMaxAge },
  )
}
