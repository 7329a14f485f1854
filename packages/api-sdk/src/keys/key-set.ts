import type { KeyObject } from 'node:crypto'
import type { EventListener } from '../events.js'
import type { AccessTokenAlgorithm } from '../tokens/algorithms.js'
import type { TokenHeader } from '../tokens/decode-token.js'
import { isRecord } from '../is-record.js'
import type { Limits } from '../options/limit-options.js'
import { importKey, isPrivate, publicPart } from './import-key.js'
import type { VerificationKey } from './import-key.js'

/** The keys of one issuer. It is replaced as a whole and never changed. */
export interface KeySet {
  readonly size: number
  /** The keys a token may be signed with. Only one that is the only one can be used. */
  readonly candidates: (header: TokenHeader) => readonly KeyObject[]
  /** What is public about all that was published: an API that takes it over may use other algorithms, and so other keys. */
  readonly toJwks: () => readonly object[]
}

/** What {@link importKeySet} needs to know besides the keys. */
export interface KeySetOptions {
  readonly algorithms: Iterable<AccessTokenAlgorithm>
  readonly issuer: string
  readonly limits: Pick<Limits, 'keys'>
  readonly emit: EventListener
}

function readKeys(jwks: unknown, most: number): readonly unknown[] {
  if (!isRecord(jwks) || !Array.isArray(jwks['keys'])) throw new TypeError('this is no JWKS')
  const keys: readonly unknown[] = jwks['keys']
  if (keys.length > most) throw new RangeError(`a JWKS has at most ${most} keys`)
  return keys
}

type ByAlgorithm = Map<AccessTokenAlgorithm, readonly KeyObject[]>

function createKeySet(keys: readonly VerificationKey[], jwks: readonly object[]): KeySet {
  const byKid = new Map<string | undefined, ByAlgorithm>()
  const add = (kid: string | undefined, { alg, key }: VerificationKey): void => {
    const byAlgorithm: ByAlgorithm = byKid.get(kid) ?? new Map()
    byKid.set(kid, byAlgorithm.set(alg, [...(byAlgorithm.get(alg) ?? []), key]))
  }
  for (const key of keys) {
    if (key.kid !== undefined) add(key.kid, key)
    // A token without kid may be signed with any key, so long as there is only one for its algorithm.
    add(undefined, key)
  }
  return {
    size: keys.length,
    candidates: ({ alg, kid }) => byKid.get(kid)?.get(alg) ?? [],
    toJwks: () => jwks,
  }
}

/**
 * Imports a JWKS (RFC 7517 section 5). Keys that cannot be used are skipped and reported, and so is an issuer that tells
 * what it has to keep to itself: an API cannot mend that, and it is the issuer's to withdraw such a key.
 *
 * @throws TypeError or RangeError when the whole is no JWKS or has more keys than it may.
 */
export async function importKeySet(
  jwks: unknown,
  { algorithms, issuer, limits, emit }: KeySetOptions,
): Promise<KeySet> {
  const published = readKeys(jwks, limits.keys)
  for (const [index, jwk] of published.entries()) {
    if (isPrivate(jwk)) emit({ type: 'private_key_published', issuer, index })
  }
  const imported = await Promise.all(published.map(async (jwk) => importKey(jwk, algorithms)))
  const usable = imported.flatMap((result, index) => {
    if (typeof result !== 'string') return result
    emit({ type: 'key_skipped', issuer, index, reason: result })
    return []
  })
  return createKeySet(usable, published.map(publicPart))
}
