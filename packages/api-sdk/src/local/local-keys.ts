import type { KeyObject } from 'node:crypto'
import { Refusal } from '../errors/refusal.js'
import { importKey } from '../keys/import-key.js'
import type { VerificationKey } from '../keys/import-key.js'
import type { IssuerKeys, KeyHealth } from '../keys/issuer-keys.js'
import type { AccessTokenAlgorithm } from '../tokens/algorithms.js'
import type { TokenHeader } from '../tokens/decode-token.js'
import type { LocalIssuer } from './local-issuer.js'

/** Whose keys, and what they may be used with. */
export interface LocalKeysOptions extends Pick<LocalIssuer, 'ready' | 'findKey'> {
  readonly issuer: string
  readonly algorithms: readonly AccessTokenAlgorithm[]
}

type Imported = readonly VerificationKey[]

/** Imports each key once. One that the server gives up is forgotten with its JWK. */
function createImporter(
  algorithms: readonly AccessTokenAlgorithm[],
): (jwk: object) => Promise<Imported> {
  const known = new WeakMap<object, Promise<Imported>>()
  const importOnce = async (jwk: object): Promise<Imported> => {
    const keys = await importKey(jwk, algorithms)
    return typeof keys === 'string' ? [] : keys
  }
  return (jwk) => {
    const importing = known.get(jwk) ?? importOnce(jwk)
    known.set(jwk, importing)
    return importing
  }
}

/**
 * Uses the keys of an authorization server in this process. It is asked for each token, because it has them at hand: a
 * key that signs since this moment is known, and one that was revoked is not.
 */
export function createLocalKeys({
  issuer,
  algorithms,
  ready,
  findKey,
}: LocalKeysOptions): IssuerKeys {
  const imported = createImporter(algorithms)
  let health: KeyHealth = { issuer, state: 'empty' }

  const asking = async <Answer>(question: Promise<Answer>): Promise<Answer> => {
    try {
      const answer = await question
      health = { issuer, state: 'fresh', ageSeconds: 0 }
      return answer
    } catch (thrown) {
      health = { issuer, state: 'empty' }
      throw thrown
    }
  }

  const findJwk = async (kid: string): Promise<object | undefined> => {
    try {
      return await asking(findKey(kid))
    } catch (cause) {
      throw new Refusal('keys_unavailable', { cause })
    }
  }

  const find = async ({ alg, kid }: TokenHeader): Promise<KeyObject> => {
    const jwk = kid === undefined ? undefined : await findJwk(kid)
    const keys = jwk === undefined ? [] : await imported(jwk)
    const match = keys.find((key) => key.alg === alg)
    if (match === undefined) throw new Refusal('unknown_key')
    return match.key
  }

  return {
    // Nobody knows without asking, so that a cache of verified tokens is of no use here, and not needed.
    atHand: () => undefined,
    find,
    load: () => asking(ready()),
    health: () => health,
    // Only the server knows which of its keys are good now, and it is there.
    snapshot: () => undefined,
    hydrate: async () => undefined,
  }
}
