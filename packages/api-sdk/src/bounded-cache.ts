/** Keeps values for a while. */
export interface BoundedCache<Value> {
  readonly get: (key: string) => Value | undefined
  /** Does nothing for a lifetime that is not positive. In seconds. */
  readonly set: (key: string, value: Value, lifetime: number) => void
  readonly clear: () => void
}

/** What {@link createBoundedCache} needs. */
export interface BoundedCacheOptions {
  /** The most entries. */
  readonly max: number
  /** In seconds. It never goes back. */
  readonly clock: () => number
}

interface Entry<Value> {
  readonly value: Value
  readonly until: number
}

/** Makes a cache in which the entry that was not used for longest makes room for another. */
export function createBoundedCache<Value>({
  max,
  clock,
}: BoundedCacheOptions): BoundedCache<Value> {
  // A map keeps the order in which its entries were put there.
  const entries = new Map<string, Entry<Value>>()
  return {
    get: (key) => {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      if (clock() >= entry.until) return undefined
      entries.set(key, entry)
      return entry.value
    },
    set: (key, value, lifetime) => {
      if (!(lifetime > 0)) return
      entries.delete(key)
      entries.set(key, { value, until: clock() + lifetime })
      const [oldest] = entries.keys()
      if (entries.size > max && oldest !== undefined) entries.delete(oldest)
    },
    clear: () => {
      entries.clear()
    },
  }
}
