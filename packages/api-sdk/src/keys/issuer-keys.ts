import type { KeyObject } from 'node:crypto'
import { Refusal } from '../errors/refusal.js'
import type { TokenHeader } from '../tokens/decode-token.js'
import { createKeyCache } from './key-cache.js'
import type { KeyCache, KeyCacheOptions } from './key-cache.js'
import type { KeySet } from './key-set.js'
import type { IssuerKeysSnapshot } from './key-snapshot.js'

/** How the keys of an issuer are. */
export interface KeyHealth {
  readonly issuer: string
  /**
   * - `fresh`: as the issuer published them recently
   * - `stale`: too old, and used only while the issuer cannot be reached
   * - `empty`: none that may be used; until the issuer answers, its tokens are answered with 503
   */
  readonly state: 'fresh' | 'stale' | 'empty'
  /** How old they are. Undefined when there are none. */
  readonly ageSeconds?: number
}

/** The keys of one issuer, kept up to date by the requests that need them: without requests nothing runs. */
export interface IssuerKeys {
  /** The one key a token must be signed with, if that is known without asking anybody. */
  readonly atHand: (header: TokenHeader) => KeyObject | undefined
  /** The one key a token must be signed with, or a refusal. A promise only when the key is not at hand. */
  readonly find: (header: TokenHeader) => KeyObject | Promise<KeyObject>
  /** Loads the keys now, unless they are being loaded already. Rejects with what went wrong. */
  readonly load: () => Promise<void>
  readonly health: () => KeyHealth
  /** The keys for another process. Undefined when there are none, or they come from the configuration. */
  readonly snapshot: () => IssuerKeysSnapshot | undefined
  /** Takes over the keys of another process, unless there are younger ones or it has loaded them in the future. */
  readonly hydrate: (snapshot: IssuerKeysSnapshot) => Promise<void>
}

/** What {@link createIssuerKeys} needs. All times are in seconds. */
export interface IssuerKeysOptions extends KeyCacheOptions {
  /** How long after the last attempt a token with an unknown key may cause the next. */
  readonly cooldown: number
  readonly importKeys: (jwks: unknown) => Promise<KeySet>
}

// A failed attempt is reported by the cache. Whoever has older keys, or needs none, goes on without it.
const ignoreFailure = (): void => undefined

function mayLoad(cache: KeyCache): boolean {
  return cache.isLoading() || cache.sinceAttempt() >= cache.backoff()
}

async function loadFirst(cache: KeyCache): Promise<KeySet> {
  if (!mayLoad(cache)) {
    const retryAfter = Math.ceil(cache.backoff() - cache.sinceAttempt())
    throw new Refusal('keys_unavailable', { retryAfter })
  }
  try {
    await cache.load()
  } catch (cause) {
    throw new Refusal('keys_unavailable', { retryAfter: cache.backoff(), cause })
  }
  const loaded = cache.usable()
  if (loaded === undefined) throw new Refusal('keys_unavailable')
  return loaded.keys
}

async function currentKeys(cache: KeyCache, { issuer, emit }: IssuerKeysOptions): Promise<KeySet> {
  const fresh = cache.fresh()
  if (fresh !== undefined) return fresh
  const loaded = cache.usable()
  if (loaded === undefined) return loadFirst(cache)
  if (mayLoad(cache)) {
    const isIssuerDown = cache.backoff() > 0
    const refreshed = cache.load().catch(ignoreFailure)
    // Beyond their age keys may have been withdrawn, so this request waits; but not while the issuer is known to be
    // down, or each retry would hold up requests until its timeout.
    if (loaded.age > loaded.maxAge && !isIssuerDown) await refreshed
  }
  const best = cache.usable() ?? loaded
  if (best.age > best.maxAge) emit({ type: 'stale_keys_used', issuer })
  return best.keys
}

async function findKey(
  header: TokenHeader,
  cache: KeyCache,
  options: IssuerKeysOptions,
): Promise<KeyObject> {
  let candidates = (await currentKeys(cache, options)).candidates(header)
  // One attempt a cooldown, whoever causes it: otherwise made-up key identifiers would turn every request into two.
  if (candidates.length === 0 && (cache.isLoading() || cache.sinceAttempt() >= options.cooldown)) {
    await cache.load().catch(ignoreFailure)
    candidates = cache.usable()?.keys.candidates(header) ?? []
    // The issuer could not be asked, so nobody knows whether it has this key.
    if (candidates.length === 0 && options.closing.isClosed()) {
      throw new Refusal('keys_unavailable')
    }
  }
  const [key, ...others] = candidates
  if (key === undefined) throw new Refusal('unknown_key')
  if (others.length > 0) throw new Refusal('ambiguous_key')
  return key
}

/** Decides when the keys of an issuer are loaded, kept, used beyond their age and given up. */
export function createIssuerKeys(options: IssuerKeysOptions): IssuerKeys {
  const { issuer, now, importKeys } = options
  const cache = createKeyCache(options)
  const atHand: IssuerKeys['atHand'] = (header) => {
    const candidates = cache.fresh()?.candidates(header)
    return candidates?.length === 1 ? candidates[0] : undefined
  }
  return {
    atHand,
    find: (header) => atHand(header) ?? findKey(header, cache, options),
    load: cache.load,
    health: () => {
      const loaded = cache.usable()
      if (loaded === undefined) return { issuer, state: 'empty' }
      const { age, maxAge } = loaded
      return { issuer, state: age > maxAge ? 'stale' : 'fresh', ageSeconds: age }
    },
    snapshot: () => {
      const loaded = cache.usable()
      if (loaded === undefined || loaded.maxAge === Infinity || loaded.keys.size === 0) {
        return undefined
      }
      const { keys, maxAge, age } = loaded
      return { issuer, keys: keys.toJwks(), maxAge, loadedAt: now() - age }
    },
    hydrate: async ({ keys, maxAge, loadedAt }) => {
      const age = now() - loadedAt
      // One of the clocks is wrong, and nobody knows how old these keys are: they may have been withdrawn.
      if (age < 0) return
      const imported = await importKeys({ keys })
      cache.restore({ keys: imported, maxAge }, age)
    },
  }
}
