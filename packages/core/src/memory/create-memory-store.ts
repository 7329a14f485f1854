import type {
  NewRecord,
  RecordFilter,
  RecordKind,
  RecordPage,
  Store,
  StoreRecord,
} from '../stores/store.js'

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

const keyOf = (kind: RecordKind, id: string): string => `${kind} ${id}`

/** A copy that shares nothing with the caller, made of what JSON can hold: as from a store in another process. */
function copyOf<Copied extends NewRecord>(record: Copied): Copied {
  return structuredClone({
    ...record,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- drops what JSON cannot hold
    data: JSON.parse(JSON.stringify(record.data)) as Copied['data'],
  })
}

const membersOf = ({ kind, subject, clientId, sessionId, family }: RecordFilter) =>
  Object.entries({ kind, subject, clientId, sessionId, family }).filter(
    (entry): entry is [keyof RecordFilter, string] => entry[1] !== undefined,
  )

function selector(filter: RecordFilter): (record: StoreRecord) => boolean {
  const members = membersOf(filter)
  if (members.length === 0)
    throw new TypeError('a filter needs a member: it would choose everything')
  return (record) => members.every(([member, value]) => record[member] === value)
}

/** The records of a store by key, without those that have expired. */
interface Shelf {
  readonly get: (key: string) => StoreRecord | undefined
  readonly put: (record: StoreRecord) => void
  readonly remove: (key: string) => void
  readonly live: () => readonly StoreRecord[]
  readonly removeExpired: (limit: number) => number
}

function createShelf({ capacity, now }: Required<MemoryStoreOptions>): Shelf {
  const records = new Map<string, StoreRecord>()
  const isLive = ({ expiresAt }: StoreRecord): boolean => expiresAt > now()

  function removeExpired(limit: number): number {
    const expired = [...records].filter(([, record]) => !isLive(record)).slice(0, limit)
    for (const [key] of expired) records.delete(key)
    return expired.length
  }

  return {
    removeExpired,
    get(key) {
      const record = records.get(key)
      return record !== undefined && isLive(record) ? record : undefined
    },
    put(record) {
      const key = keyOf(record.kind, record.id)
      const isFull = records.size >= capacity && !records.has(key)
      if (isFull && removeExpired(Infinity) === 0) {
        throw new Error(`the in-memory store is full: it holds ${capacity} records`)
      }
      records.set(key, copyOf(record))
    },
    remove: (key) => void records.delete(key),
    live: () => [...records.values()].filter(isLive),
  }
}

function pageOf(
  records: readonly StoreRecord[],
  { limit, after = '' }: { readonly limit: number; readonly after?: string },
): RecordPage {
  const keyed = records.map((record) => [keyOf(record.kind, record.id), record] as const)
  const rest = keyed.filter(([key]) => key > after).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const page = rest.slice(0, limit)
  const [last] = page.at(-1) ?? []
  return {
    records: page.map(([, record]) => copyOf(record)),
    ...(last !== undefined && rest.length > limit && { next: last }),
  }
}

/**
 * Keeps records in this process, for tests and trials: everything is gone when it ends, and no other process sees it.
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
      shelf.put({ ...record, version: 0 })
      return true
    },
    async find(kind, id) {
      const record = shelf.get(keyOf(kind, id))
      return record && copyOf(record)
    },
    async take(kind, id) {
      const key = keyOf(kind, id)
      const record = shelf.get(key)
      shelf.remove(key)
      return record && copyOf(record)
    },
    async replace(record) {
      if (shelf.get(keyOf(record.kind, record.id))?.version !== record.version) return false
      shelf.put({ ...record, version: record.version + 1 })
      return true
    },
    async removeAll(filter) {
      const chosen = shelf.live().filter(selector(filter))
      for (const { kind, id } of chosen) shelf.remove(keyOf(kind, id))
      return chosen.length
    },
    list: async (filter, page) => pageOf(shelf.live().filter(selector(filter)), page),
    removeExpired: async (limit) => shelf.removeExpired(limit),
  }
}
