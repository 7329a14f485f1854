import { isDeepStrictEqual } from 'node:util'
import type { NewRecord, Store, StoreRecord } from './stores/store.js'

/** A record as a store gives it back. */
const asStored = (record: StoreRecord): unknown => JSON.parse(JSON.stringify(record))

async function isStored(record: StoreRecord, store: Store): Promise<boolean> {
  const found = await store.find(record.kind, record.id)
  return found !== undefined && isDeepStrictEqual(asStored(found), asStored(record))
}

/**
 * Finds out what became of a write that was not answered. A connection may break after the store has written and before
 * it could say so: taken for a failure, that would turn the next use of a code or refresh token into a replay, and taken
 * for somebody else's write, this request would lose a race against itself. So a write that fails is tried once more,
 * and one that is refused then counts as done if what is stored is what was to be written. Requests of which one has to
 * win never write the same: what uses up a code or a refresh token, or counts an attempt, holds something random.
 *
 * A store that fails twice cannot answer. What was taken cannot be told from what somebody else took: that fails at once.
 */
export function settlingStore(store: Store): Store {
  async function insert(record: NewRecord): Promise<boolean> {
    try {
      return await store.insert(record)
    } catch {
      return (await store.insert(record)) || isStored({ ...record, version: 0 }, store)
    }
  }

  async function replace(record: StoreRecord): Promise<boolean> {
    try {
      return await store.replace(record)
    } catch {
      const written = { ...record, version: record.version + 1 }
      return (await store.replace(record)) || isStored(written, store)
    }
  }

  return {
    insert,
    find: (kind, id) => store.find(kind, id),
    take: (kind, id) => store.take(kind, id),
    replace,
    removeAll: (filter) => store.removeAll(filter),
    list: (filter, page) => store.list(filter, page),
    removeExpired: (limit) => store.removeExpired(limit),
  }
}
