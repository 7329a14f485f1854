import type { Closing } from '../closing.js'
import type { EventListener } from '../events.js'
import { backoffAfter } from './backoff.js'
import type { KeySet } from './key-set.js'
import type { LoadedKeys, LoadKeys } from './load-keys.js'
import { monotonicClock } from './monotonic-clock.js'

/** Keys that may be used, and how old they are in seconds. */
interface AgedKeys extends LoadedKeys {
  readonly age: number
}

/** The keys that were loaded last. All times are in seconds. */
export interface KeyCache {
  /** Loads keys, or joins the attempt that is under way. Rejects with what went wrong. */
  readonly load: () => Promise<void>
  /** Takes over keys that another process has loaded that long ago, unless there are younger ones. */
  readonly restore: (keys: LoadedKeys, age: number) => void
  /** The keys, while they are so young that nobody has to think of the next. */
  readonly fresh: () => KeySet | undefined
  /** Undefined: there are none, or they are so old that they may not even be used while the issuer is down. */
  readonly usable: () => AgedKeys | undefined
  readonly isLoading: () => boolean
  readonly sinceAttempt: () => number
  /** What to wait after failures: 1, 2, 4 and so on up to 30. 0 when the last attempt succeeded. */
  readonly backoff: () => number
}

/** What {@link createKeyCache} needs. All times are in seconds. */
export interface KeyCacheOptions {
  readonly issuer: string
  readonly loadKeys: LoadKeys
  /** For how long keys beyond their age are used while the issuer cannot be reached. */
  readonly staleIfError: number
  readonly closing: Pick<Closing, 'isClosed'>
  readonly now: () => number
  readonly emit: EventListener
}

/** The part of their age after which keys are loaded again in advance, so that nobody has to wait for them. */
const refreshAhead = 0.8

/** Keeps what was loaded last and lets at most one attempt run at a time. A failed attempt takes nothing away. */
export function createKeyCache(options: KeyCacheOptions): KeyCache {
  const { issuer, loadKeys, staleIfError, closing, emit } = options
  const clock = monotonicClock(options.now)
  let loaded: LoadedKeys | undefined
  let loadedAt = 0
  let attemptedAt = -Infinity
  let failures = 0
  let loading: Promise<void> | undefined

  const attempt = async (): Promise<void> => {
    attemptedAt = clock()
    try {
      loaded = await loadKeys()
      loadedAt = clock()
      failures = 0
      emit({ type: 'keys_loaded', issuer, keys: loaded.keys.size })
    } catch (cause) {
      failures += 1
      if (!closing.isClosed()) emit({ type: 'keys_not_loaded', issuer, cause })
      throw cause
    } finally {
      loading = undefined
    }
  }

  return {
    load: () => (loading ??= attempt()),
    restore: (keys, age) => {
      const restoredAt = clock() - age
      if (loaded !== undefined && loadedAt >= restoredAt) return
      loaded = keys
      loadedAt = restoredAt
    },
    fresh: () =>
      loaded && clock() - loadedAt < loaded.maxAge * refreshAhead ? loaded.keys : undefined,
    usable: () => {
      const age = clock() - loadedAt
      return loaded && age <= loaded.maxAge + staleIfError ? { ...loaded, age } : undefined
    },
    isLoading: () => loading !== undefined,
    sinceAttempt: () => clock() - attemptedAt,
    backoff: () => backoffAfter(failures),
  }
}
