import type { SigningAlgorithm } from '@bailiwick/protocol'
import type { JWK } from 'jose'
import type { SigningKey } from './signing-key.js'
import { createJwtVerifier } from './verify-jwt.js'
import type { VerifiedJwt } from './verify-jwt.js'

/** The keys of a moment. */
export interface KeySet {
  /** The one key of each algorithm that signs. */
  readonly signing: ReadonlyMap<SigningAlgorithm, SigningKey>
  readonly jwks: readonly JWK[]
  readonly kids: ReadonlySet<string>
  /** Gives `undefined` for what none of these keys has signed. */
  readonly verify: (token: string) => Promise<VerifiedJwt | undefined>
}

/** Makes a set of the keys that are published, and of those among them that sign. */
export function keySetOf(published: readonly SigningKey[], signing: readonly SigningKey[]): KeySet {
  const jwks = published.map(({ publicJwk }) => publicJwk)
  return {
    signing: new Map(signing.map((key) => [key.algorithm, key])),
    jwks,
    kids: new Set(published.map(({ kid }) => kid)),
    verify: createJwtVerifier(jwks),
  }
}
