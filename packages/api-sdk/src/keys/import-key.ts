import { KeyObject } from 'node:crypto'
import { importJWK } from 'jose'
import type { KeySkipReason } from '../events.js'
import { isRecord } from '../is-record.js'
import { fitsAccessTokenAlgorithm } from '../tokens/algorithms.js'
import type { AccessTokenAlgorithm } from '../tokens/algorithms.js'
import { isWeakKey } from './is-weak-key.js'

/** A public key, usable with exactly one algorithm. */
export interface VerificationKey {
  readonly kid: string | undefined
  readonly alg: AccessTokenAlgorithm
  readonly key: KeyObject
}

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']

type Jwk = Readonly<Record<string, unknown>>

const isText = (value: unknown): value is string => typeof value === 'string'

function isForSignatures({ use, key_ops: operations }: Jwk): boolean {
  if (use !== undefined && use !== 'sig') return false
  return operations === undefined || (Array.isArray(operations) && operations.includes('verify'))
}

/** What of a JWK may be kept: nothing that it should not have told. */
export function publicPart(jwk: unknown): object {
  const members = Object.entries(Object(jwk))
  return Object.fromEntries(members.filter(([name]) => !privateMembers.includes(name)))
}

/** Imports only the members of a public key, so that nothing else a JWK holds can matter. */
async function importFor(jwk: Jwk, alg: AccessTokenAlgorithm): Promise<KeyObject> {
  const { kty, crv, x, y, n, e } = jwk
  const members = Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => isText(value))
  const key = await importJWK(Object.fromEntries(members), alg)
  if (key instanceof Uint8Array) throw new TypeError('a secret is no public key')
  return KeyObject.from(key)
}

/** Tells whether a JWK tells a secret (RFC 7518 section 6). */
export function isPrivate(jwk: unknown): boolean {
  return isRecord(jwk) && privateMembers.some((name) => Object.hasOwn(jwk, name))
}

function findReasonToSkip(jwk: Jwk): KeySkipReason | undefined {
  if (jwk['kid'] !== undefined && !isText(jwk['kid'])) return 'not_a_public_key'
  return isForSignatures(jwk) ? undefined : 'not_for_signatures'
}

/**
 * Imports one key of a JWKS once for each allowed algorithm it can be used with (RFC 8725 section 3.1), or tells why it
 * is not used. A JWKS may hold keys for other purposes and from other times; one that is no good must not spoil the rest.
 */
export async function importKey(
  jwk: unknown,
  algorithms: Iterable<AccessTokenAlgorithm>,
): Promise<readonly VerificationKey[] | KeySkipReason> {
  if (!isRecord(jwk)) return 'not_a_public_key'
  const reason = findReasonToSkip(jwk)
  if (reason !== undefined) return reason
  const usable = [...algorithms].filter(
    (alg) => fitsAccessTokenAlgorithm(jwk, alg) && (jwk['alg'] === undefined || jwk['alg'] === alg),
  )
  if (usable.length === 0) return 'algorithm_not_allowed'
  const kid = isText(jwk['kid']) ? jwk['kid'] : undefined
  try {
    const keys = await Promise.all(
      usable.map(async (alg) => ({ kid, alg, key: await importFor(jwk, alg) })),
    )
    return keys.some(({ key }) => isWeakKey(key)) ? 'weak_key' : keys
  } catch {
    return 'not_importable'
  }
}
