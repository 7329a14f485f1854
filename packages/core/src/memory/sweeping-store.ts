import type { Store } from '../stores/store.js'

/** Seconds between two sweeps of one process. */
const interval = 60
/** The most records that one sweep deletes, so that no request has to wait for long. */
const most = 1000

/**
 * Has a store delete what has expired: now and then, after something was added. It needs no timer, and what is never
 * written to needs no sweep. A sweep that fails is left to the next one; whatever the request asked for is done.
 */
export function sweepingStore(store: Store, now: () => number): Store {
  let last = now()

  async function sweep(): Promise<void> {
    last = now()
    try {
      await store.removeExpired(most)
    } catch {
      // A store that cannot answer says so to the requests that need an answer.
    }
  }

  return {
    insert: async (record) => {
      const isAdded = await store.insert(record)
      if (now() - last >= interval) void sweep()
      return isAdded
    },
    find: (kind, id) => store.find(kind, id),
    take: (kind, id) => store.take(kind, id),
    replace: (record) => store.replace(record),
    removeAll: (filter) => store.removeAll(filter),
    list: (filter, page) => store.list(filter, page),
    removeExpired: (limit) => store.removeExpired(limit),
  }
}
