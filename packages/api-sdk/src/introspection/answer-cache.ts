/** Keeps values for a while. */
export interface AnswerCache<Value> {
  readonly get: (key: string) => Value | undefined
  /** Does nothing for a lifetime that is not positive. In seconds. */
  readonly set: (key: string, value: Value, lifetime: number) => void
}

interface Entry<Value> {
  readonly value: Value
  readonly until: number
}

const mostEntries = 10_000

/** Makes a cache of at most 10,000 entries, of which the oldest make room. The clock is in seconds and never goes back. */
export function createAnswerCache<Value>(clock: () => number): AnswerCache<Value> {
  const entries = new Map<string, Entry<Value>>()
  return {
    get: (key) => {
      const entry = entries.get(key)
      if (entry === undefined || clock() < entry.until) return entry?.value
      entries.delete(key)
      return undefined
    },
    set: (key, value, lifetime) => {
      if (!(lifetime > 0)) return
      entries.delete(key)
      entries.set(key, { value, until: clock() + lifetime })
      const [oldest] = entries.keys()
      if (entries.size > mostEntries && oldest !== undefined) entries.delete(oldest)
    },
  }
}
