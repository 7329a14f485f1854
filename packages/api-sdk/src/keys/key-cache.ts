import type { Closing } from '../closing.js'
import type { EventListener } from '../events.js'
import { backoffAfter } from './backoff.js'
import type { KeySet } from './key-set.js'
import type { LoadedKeys, LoadKeys } from './load-keys.js'
import type { SharedKeys } from './key-store.js'
import { monotonicClock } from './monotonic-clock.js'

/** Keys, and how old they are in seconds. */
export interface AgedKeys extends LoadedKeys {
  readonly age: number
}

/** Tells whether keys are what somebody waits for. */
type IsEnough = (keys: KeySet) => boolean

/** The keys that were loaded last. All times are in seconds. */
export interface KeyCache {
  /**
   * Takes over what another process has loaded meanwhile, if that is enough for all who wait, and otherwise asks the issuer.
   * Joins the attempt that is under way. Rejects with what went wrong.
   */
  readonly load: (isEnough?: IsEnough) => Promise<void>
  /** Takes over keys that another process has loaded, unless there are younger ones, and tells whether it did. */
  readonly restore: (keys: AgedKeys) => boolean
  /** The keys, while they are so young that nobody has to think of the next. */
  readonly fresh: () => KeySet | undefined
  /** Undefined: there are none, or they are so old that they may not even be used while the issuer is down. */
  readonly usable: () => AgedKeys | undefined
  readonly isLoading: () => boolean
  /** How long ago the issuer was asked. */
  readonly sinceAttempt: () => number
  /** What to wait after failures: 1, 2, 4 and so on up to 30. 0 when the last attempt succeeded. */
  readonly backoff: () => number
}

/** What {@link createKeyCache} needs. All times are in seconds. */
export interface KeyCacheOptions {
  readonly issuer: string
  readonly loadKeys: LoadKeys
  /** What processes have loaded for each other. Undefined: each loads for itself. */
  readonly shared?: SharedKeys | undefined
  /** For how long keys beyond their age are used while the issuer cannot be reached. */
  readonly staleIfError: number
  readonly closing: Pick<Closing, 'isClosed'>
  readonly now: () => number
  readonly emit: EventListener
}

/** The part of their age after which keys are loaded again in advance, so that nobody has to wait for them. */
const refreshAhead = 0.8

type HeldKeys = Pick<KeyCache, 'restore' | 'fresh' | 'usable'> & {
  readonly hold: (keys: AgedKeys) => void
}

function createHeldKeys(clock: () => number, staleIfError: number): HeldKeys {
  let held: LoadedKeys | undefined
  let loadedAt = -Infinity
  const hold: HeldKeys['hold'] = (keys) => {
    held = keys
    loadedAt = clock() - keys.age
  }
  return {
    hold,
    restore: (keys) => {
      const isYounger = clock() - keys.age > loadedAt
      if (isYounger) hold(keys)
      return isYounger
    },
    fresh: () => (held && clock() - loadedAt < held.maxAge * refreshAhead ? held.keys : undefined),
    usable: () => {
      const age = clock() - loadedAt
      return held && age <= held.maxAge + staleIfError ? { ...held, age } : undefined
    },
  }
}

/** Keeps what was loaded last and lets at most one attempt run at a time. A failed attempt takes nothing away. */
export function createKeyCache(options: KeyCacheOptions): KeyCache {
  const { issuer, loadKeys, shared, staleIfError, closing, emit } = options
  const clock = monotonicClock(options.now)
  const { hold, ...held } = createHeldKeys(clock, staleIfError)
  let attemptedAt = -Infinity
  let failures = 0
  let loading: Promise<void> | undefined
  let waiting: IsEnough[] = []

  /** Tells whether that is enough for all who wait. */
  const takeOver = (taken: AgedKeys | undefined): boolean => {
    if (taken === undefined || !held.restore(taken)) return false
    const keys = held.fresh()
    return keys !== undefined && waiting.every((isEnough) => isEnough(keys))
  }

  const askIssuer = async (): Promise<void> => {
    attemptedAt = clock()
    const loaded = { ...(await loadKeys()), age: 0 }
    hold(loaded)
    emit({ type: 'keys_loaded', issuer, keys: loaded.keys.size })
    shared?.give(loaded)
  }

  const attempt = async (): Promise<void> => {
    try {
      // Nothing may be awaited between this answer and the end: whoever joined meanwhile would not have been heard.
      if (!takeOver(await shared?.take())) await askIssuer()
      failures = 0
    } catch (cause) {
      failures += 1
      // Closed: the issuer was not asked to the end, so this is no answer for those who come next.
      if (closing.isClosed()) attemptedAt = -Infinity
      else emit({ type: 'keys_not_loaded', issuer, cause })
      throw cause
    } finally {
      loading = undefined
      waiting = []
    }
  }

  return {
    ...held,
    load: (isEnough = () => true) => {
      waiting.push(isEnough)
      return (loading ??= attempt())
    },
    isLoading: () => loading !== undefined,
    sinceAttempt: () => clock() - attemptedAt,
    backoff: () => backoffAfter(failures),
  }
}
