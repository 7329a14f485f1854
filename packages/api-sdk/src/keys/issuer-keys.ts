import type { KeyObject } from 'node:crypto'
import { Refusal } from '../errors/refusal.js'
import type { TokenHeader } from '../tokens/decode-token.js'
import { createKeyCache } from './key-cache.js'
import type { AgedKeys, KeyCache, KeyCacheOptions } from './key-cache.js'
import type { KeySet } from './key-set.js'
import type { IssuerKeysSnapshot } from './key-snapshot.js'
import { importSnapshot, takeSnapshot } from './issuer-snapshot.js'
import type { SnapshotOptions } from './issuer-snapshot.js'

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
export interface IssuerKeysOptions extends KeyCacheOptions, SnapshotOptions {
  /** How long after the last attempt a token with an unknown key may cause the next. */
  readonly cooldown: number
}

// A failed attempt is reported by the cache. Whoever has older keys, or needs none, goes on without it.
const ignoreFailure = (): void => undefined

function mayLoad(cache: KeyCache): boolean {
  return cache.isLoading() || cache.sinceAttempt() >= cache.backoff()
}

async function loadFirst(cache: KeyCache): Promise<AgedKeys> {
  if (!mayLoad(cache)) {
    const retryAfter = Math.ceil(cache.backoff() - cache.sinceAttempt())
    throw new Refusal('keys_unavailable', { retryAfter })
  }
  const cause: unknown = await cache.load().catch((thrown: unknown) => thrown)
  // Also after a failure: the store may have some that are too old to do without the issuer, but good while it is down.
  const loaded = cache.usable()
  if (loaded !== undefined) return loaded
  throw new Refusal('keys_unavailable', { retryAfter: cache.backoff(), cause })
}

function use({ keys, age, maxAge }: AgedKeys, { issuer, emit }: IssuerKeysOptions): KeySet {
  if (age > maxAge) emit({ type: 'stale_keys_used', issuer })
  return keys
}

async function currentKeys(cache: KeyCache, options: IssuerKeysOptions): Promise<KeySet> {
  const fresh = cache.fresh()
  if (fresh !== undefined) return fresh
  const loaded = cache.usable()
  if (loaded === undefined) return use(await loadFirst(cache), options)
  if (mayLoad(cache)) {
    const isIssuerDown = cache.backoff() > 0
    const refreshed = cache.load().catch(ignoreFailure)
    // Beyond their age keys may have been withdrawn, so this request waits; but not while the issuer is known to be
    // down, or each retry would hold up requests until its timeout.
    if (loaded.age > loaded.maxAge && !isIssuerDown) await refreshed
  }
  return use(cache.usable() ?? loaded, options)
}

async function findKey(
  header: TokenHeader,
  cache: KeyCache,
  options: IssuerKeysOptions,
): Promise<KeyObject> {
  let candidates = (await currentKeys(cache, options)).candidates(header)
  // One attempt a cooldown, whoever causes it: otherwise made-up key identifiers would turn every request into two.
  if (candidates.length === 0 && (cache.isLoading() || cache.sinceAttempt() >= options.cooldown)) {
    await cache.load((keys) => keys.candidates(header).length > 0).catch(ignoreFailure)
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
  const { issuer } = options
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
      return loaded && takeSnapshot(loaded, options)
    },
    hydrate: async (snapshot) => {
      const keys = await importSnapshot(snapshot, options)
      if (keys !== undefined) cache.restore(keys)
    },
  }
}
