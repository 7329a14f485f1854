import { ConfigurationError } from '@bailiwick/protocol'
import type { ReplayStore } from './replay-store.js'

/** How a replay store in memory works. */
export interface MemoryReplayStoreOptions {
  /**
   * How many proofs it remembers at most. When they are not enough, requests are answered with 503 until some expire.
   *
   * @defaultValue `100_000`
   */
  readonly limit?: number
  /**
   * The time, in seconds since 1970.
   *
   * @defaultValue the clock of the machine
   */
  readonly now?: () => number
}

/**
 * Remembers used proofs in the memory of one process. Enough for an API that runs as one; several need a store that they
 * share.
 *
 * @throws ConfigurationError for a limit that is no whole number above 0.
 */
export function createMemoryReplayStore({
  limit = 100_000,
  now = () => Date.now() / 1000,
}: MemoryReplayStoreOptions = {}): ReplayStore {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    const message = 'a whole number above 0 is needed'
    throw new ConfigurationError([{ path: 'createMemoryReplayStore.limit', message }])
  }
  const used = new Set<string>()
  // Keys by the second in which they expire, so that to forget costs as much as to remember.
  const keysBySecond = new Map<number, string[]>()
  // The latest expiry of what was forgotten, and not the time of that: a clock that was a year ahead for a moment would
  // otherwise have every proof taken for a used one for a year.
  let forgottenUntil = -Infinity
  let lookedAt = -Infinity

  const forget = (second: number): void => {
    if (second === lookedAt) return
    lookedAt = second
    for (const [expiry, keys] of keysBySecond) {
      if (expiry > second) continue
      for (const key of keys) used.delete(key)
      keysBySecond.delete(expiry)
      forgottenUntil = Math.max(forgottenUntil, expiry)
    }
  }

  return {
    putIfAbsent: (key, expiresAt) => {
      const second = Math.floor(now())
      forget(second)
      const expiry = Math.ceil(expiresAt)
      // After the clock was set back: what was forgotten may have been used.
      if (used.has(key) || expiry <= Math.max(second, forgottenUntil)) return false
      if (used.size >= limit) throw new RangeError(`the replay store is full: ${limit} proofs`)
      used.add(key)
      const keys = keysBySecond.get(expiry)
      if (keys === undefined) keysBySecond.set(expiry, [key])
      else keys.push(key)
      return true
    },
  }
}
