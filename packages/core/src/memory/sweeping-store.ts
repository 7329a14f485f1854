import { setImmediate } from 'node:timers/promises'
import type { Store } from '../stores/store.js'

/** Seconds between the beginnings of two sweeps of one process. */
const interval = 60
/** The most records that one statement deletes, so that no request has to wait for long. */
const batchSize = 250
/** The most batches of one sweep: half a million records. */
const mostBatches = 2000

async function removeBatches(store: Store, batchesLeft = mostBatches): Promise<void> {
  const count = await store.removeExpired(batchSize)
  if (count < batchSize || batchesLeft <= 1) return
  // Requests come first, also where a store answers at once because it works in this process.
  await setImmediate()
  return removeBatches(store, batchesLeft - 1)
}

/**
 * Has a store delete what has expired: now and then, after something was added, batch by batch for as long as there is a
 * whole one. It needs no timer, and what is never written to needs no sweep. A sweep that fails is left to the next one;
 * whatever the request asked for is done.
 */
export function sweepingStore(store: Store, now: () => number): Store {
  let last = now()
  let isSweeping = false

  async function sweep(): Promise<void> {
    last = now()
    isSweeping = true
    try {
      await removeBatches(store)
    } catch {
      // A store that cannot answer says so to the requests that need an answer.
    } finally {
      isSweeping = false
    }
  }

  return {
    insert: async (record) => {
      const isAdded = await store.insert(record)
      if (!isSweeping && now() - last >= interval) void sweep()
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
