import type {
  Page,
  RecordFilter,
  RecordKind,
  RecordPage,
  Store,
  StoreRecord,
} from '../stores/store.js'
import { createExpiryQueue } from './expiry-queue.js'
import { createRecordIndex } from './record-index.js'

/** How much an in-memory store keeps, and which time it lives in. */
export interface MemoryStoreOptions {
  /**
   * The most records. A record beyond it is refused as by a store that cannot answer, which becomes 503: nothing that
   * is still valid is forgotten to make room.
   *
   * @defaultValue `1000000`
   */
  readonly capacity?: number
  /**
   * The clock, in seconds since the epoch.
   *
   * @defaultValue the clock of the machine
   */
  readonly now?: () => number
}

/** A record as it lies in memory: as text, so that it shares nothing with anybody, and what it is found by. */
interface Shelved extends Omit<StoreRecord, 'data'> {
  readonly key: string
  readonly text: string
}

/** The records of a store by key. Those that have expired are not found any more. */
interface Shelf {
  readonly get: (key: string) => Shelved | undefined
  readonly put: (item: Shelved) => void
  readonly remove: (item: Shelved) => void
  readonly select: (filter: RecordFilter) => readonly Shelved[]
  readonly page: (filter: RecordFilter, page: Page) => RecordPage
  readonly removeExpired: (limit: number) => number
}

/** More than one for each that comes, so that those which expire cannot become more and more. */
const sweptOnInsert = 2

/** Orders by kind, then by id: a space comes before every character of a kind. */
const keyOf = (kind: RecordKind, id: string): string => `${kind} ${id}`

const shelve = ({ data, ...members }: StoreRecord): Shelved => ({
  ...members,
  key: keyOf(members.kind, members.id),
  text: JSON.stringify({ ...members, data }),
})

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JSON.stringify has made of a record
const unshelve = ({ text }: Shelved): StoreRecord => JSON.parse(text) as StoreRecord

const pageOf = (items: readonly Shelved[], next: string | undefined): RecordPage => ({
  records: items.map(unshelve),
  ...(next !== undefined && { next }),
})

function createShelf({ capacity, now }: Required<MemoryStoreOptions>): Shelf {
  const itemByKey = new Map<string, Shelved>()
  const index = createRecordIndex<Shelved>()
  const queue = createExpiryQueue<Shelved>()

  const isLive = ({ expiresAt }: Shelved): boolean => expiresAt > now()

  function remove(item: Shelved): void {
    itemByKey.delete(item.key)
    index.remove(item)
    queue.remove(item)
  }

  function removeExpired(limit: number): number {
    for (let removed = 0; removed < limit; removed += 1) {
      const item = queue.next()
      if (item === undefined || isLive(item)) return removed
      remove(item)
    }
    return limit
  }

  function makeRoom(): void {
    removeExpired(sweptOnInsert)
    if (itemByKey.size < capacity) return
    throw new Error(`the in-memory store is full: it holds ${capacity} records`)
  }

  return {
    remove,
    removeExpired,
    select: (filter) => index.select(filter).filter(isLive),
    page(filter, { limit, after = '' }) {
      const items: Shelved[] = []
      for (const item of index.inOrder(filter, after)) {
        if (!isLive(item)) continue
        // One more than was asked for tells that this is not the last part.
        if (items.length === limit) return pageOf(items, items.at(-1)?.key)
        items.push(item)
      }
      return pageOf(items, undefined)
    },
    get(key) {
      const item = itemByKey.get(key)
      return item !== undefined && isLive(item) ? item : undefined
    },
    put(item) {
      const former = itemByKey.get(item.key)
      if (former === undefined) makeRoom()
      else remove(former)
      itemByKey.set(item.key, item)
      index.add(item)
      queue.add(item)
    },
  }
}

/**
 * Keeps records in this process, for tests and trials: everything is gone when it ends, and no other process sees it.
 *
 * However much it holds, a record is found, added and taken in about the same time. `list` and `removeAll` look at the
 * records that agree with the rarest member of the filter, and `list` sorts them where some were added since: with
 * nothing but a kind that can be all there are, which is for maintenance and not for requests.
 */
export function createMemoryStore({
  capacity = 1_000_000,
  now = () => Math.floor(Date.now() / 1000),
}: MemoryStoreOptions = {}): Store {
  const shelf = createShelf({ capacity, now })
  // Nothing below awaits between reading and writing, so each method is one step for everybody else.
  return {
    async insert(record) {
      if (shelf.get(keyOf(record.kind, record.id)) !== undefined) return false
      shelf.put(shelve({ ...record, version: 0 }))
      return true
    },
    async find(kind, id) {
      const item = shelf.get(keyOf(kind, id))
      return item && unshelve(item)
    },
    async take(kind, id) {
      const item = shelf.get(keyOf(kind, id))
      if (item === undefined) return undefined
      shelf.remove(item)
      return unshelve(item)
    },
    async replace(record) {
      if (shelf.get(keyOf(record.kind, record.id))?.version !== record.version) return false
      shelf.put(shelve({ ...record, version: record.version + 1 }))
      return true
    },
    async removeAll(filter) {
      const chosen = shelf.select(filter)
      for (const item of chosen) shelf.remove(item)
      return chosen.length
    },
    list: async (filter, page) => shelf.page(filter, page),
    removeExpired: async (limit) => shelf.removeExpired(limit),
  }
}
