import { importJWK } from 'jose'
import type { CryptoKey, JWK } from 'jose'
import type { DPoPAlgorithm } from './dpop-algorithms.js'
import { DPoPProofError } from './dpop-proof-error.js'

/** A public key, which a DPoP proof carries with it. */
export interface ProofKey {
  /** The members that make the key, and no others. */
  readonly jwk: JWK
  readonly key: CryptoKey
}

/** The members of a public key, by its type (RFC 7518 sections 6.2.1 and 6.3.1, RFC 8037 section 2). */
const publicMembers: Readonly<Record<string, readonly string[]>> = {
  EC: ['crv', 'x', 'y'],
  OKP: ['crv', 'x'],
  RSA: ['n', 'e'],
}

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

// A signature takes as long to check as its exponent is large, and the caller chose it.
const longestExponent = 6

function readPublicMembers(jwk: unknown): JWK {
  if (typeof jwk !== 'object' || jwk === null) throw new DPoPProofError('wrong_key')
  if (privateMembers.some((name) => Object.hasOwn(jwk, name))) throw new DPoPProofError('wrong_key')
  const members = new Map<string, unknown>(Object.entries(jwk))
  const type = members.get('kty')
  if (typeof type !== 'string' || !Object.hasOwn(publicMembers, type)) {
    throw new DPoPProofError('wrong_key')
  }
  const names = ['kty', ...(publicMembers[type] ?? [])]
  return Object.fromEntries(
    names.map((name): [string, string] => {
      const value = members.get(name)
      if (typeof value !== 'string') throw new DPoPProofError('wrong_key')
      return [name, value]
    }),
  )
}

/**
 * Reads the key of a proof from its `jwk` for one algorithm. It must be public (RFC 9449 section 4.3 item 7), and nothing
 * but the members that make the key counts.
 */
export async function readProofKey(value: unknown, algorithm: DPoPAlgorithm): Promise<ProofKey> {
  const jwk = readPublicMembers(value)
  if (jwk.e !== undefined && jwk.e.length > longestExponent) throw new DPoPProofError('wrong_key')
  const key = await importJWK(jwk, algorithm).catch(() => undefined)
  if (key === undefined || key instanceof Uint8Array) throw new DPoPProofError('wrong_key')
  return { jwk, key }
}
