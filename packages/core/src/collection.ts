import type {
  JsonValue,
  NewRecord,
  Page,
  RecordFilter,
  RecordKind,
  RecordPage,
  Store,
  StoreRecord,
} from './stores/store.js'
import { orUnavailable } from './unavailable.js'

/** Where records are kept, and what time it is. */
export interface StoreContext {
  readonly store: Store
  /** Seconds since the epoch. */
  readonly now: () => number
}

/** A record of a kind that is known, and whose data therefore has a known shape. */
export interface Entry<Data> {
  readonly id: string
  readonly subject?: string
  readonly clientId?: string
  readonly sessionId?: string
  readonly family?: string
  /** Seconds since the epoch. From then on it does not exist any more. */
  readonly expiresAt: number
  /** How often it was replaced. */
  readonly version: number
  readonly data: Data
}

/** Chooses entries of one kind: those that agree in every member that is given, and all when none is. */
type EntryFilter = Omit<RecordFilter, 'kind'>

/** A part of a list. */
export interface EntryPart<Data> {
  readonly entries: readonly Entry<Data>[]
  /** Where the next part begins; absent when this was the last. */
  readonly next?: string
}

/**
 * The records of one kind, as the methods of `Store` give them, with two differences: a store that cannot answer
 * becomes an `OAuthError` `temporarily_unavailable`, and what has expired by the server's own clock is not there,
 * whatever time it is where the store runs.
 */
export interface Collection<Data> {
  /** Adds an entry. Gives `false`, and changes nothing, when one of that id exists. */
  readonly insert: (entry: Omit<Entry<Data>, 'version'>) => Promise<boolean>
  readonly find: (id: string) => Promise<Entry<Data> | undefined>
  /** Finds and deletes in one step: of several that try at once, one gets the entry. */
  readonly take: (id: string) => Promise<Entry<Data> | undefined>
  /** Replaces the entry that was read. Gives `false`, and changes nothing, when somebody else was faster. */
  readonly replace: (entry: Entry<Data>) => Promise<boolean>
  /** Deletes what agrees with the filter and tells how many there were. */
  readonly removeAll: (filter: EntryFilter) => Promise<number>
  /** Lists everything that agrees with the filter, in the order of ids. */
  readonly list: (filter: EntryFilter) => Promise<readonly Entry<Data>[]>
  /** Lists a part of it. What has expired is left out, so a part may be smaller than was asked for. */
  readonly listPart: (filter: EntryFilter, page: Page) => Promise<EntryPart<Data>>
}

/** How many records to ask the store for at once. */
const partSize = 500

const answerOf = <Answer>(ask: () => Promise<Answer>): Promise<Answer> =>
  orUnavailable('what the server keeps', ask)

async function readAll(
  readPart: (after: string | undefined) => Promise<RecordPage>,
): Promise<readonly StoreRecord[]> {
  const records: StoreRecord[] = []
  let after: string | undefined
  do {
    // oxlint-disable-next-line no-await-in-loop -- a part begins where the one before it ended
    const part = await readPart(after)
    records.push(...part.records)
    after = part.next
  } while (after !== undefined)
  return records
}

// An interface is no JsonValue for the compiler, because it has no index signature.
const recordOf = <Data extends object>(
  kind: RecordKind,
  entry: Omit<Entry<Data>, 'version'>,
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- collection asks for data that JSON can hold
): NewRecord => ({ ...entry, kind, data: entry.data as unknown as JsonValue })

const entryOf = <Data extends object>({ kind: _kind, ...entry }: StoreRecord): Entry<Data> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only a collection of this kind has written it
  entry as unknown as Entry<Data>

/**
 * Gives typed access to the records of a kind. Every kind has one shape of data, made of what JSON can hold: a `Date` or
 * a `Map` would not come back as what it was.
 */
export function collection<Data extends object>(
  kind: RecordKind,
  { store, now }: StoreContext,
): Collection<Data> {
  const liveEntry = (record: StoreRecord | undefined): Entry<Data> | undefined =>
    record !== undefined && record.expiresAt > now() ? entryOf<Data>(record) : undefined

  const liveEntries = (records: readonly StoreRecord[]): readonly Entry<Data>[] =>
    records.flatMap((record) => liveEntry(record) ?? [])

  const readPart =
    (filter: EntryFilter) =>
    (after: string | undefined): Promise<RecordPage> =>
      store.list({ ...filter, kind }, { limit: partSize, ...(after !== undefined && { after }) })

  return {
    insert: (entry) => answerOf(() => store.insert(recordOf(kind, entry))),
    find: async (id) => liveEntry(await answerOf(() => store.find(kind, id))),
    take: async (id) => liveEntry(await answerOf(() => store.take(kind, id))),
    replace: (entry) =>
      answerOf(() => store.replace({ ...recordOf(kind, entry), version: entry.version })),
    removeAll: (filter) => answerOf(() => store.removeAll({ ...filter, kind })),
    list: async (filter) => liveEntries(await answerOf(() => readAll(readPart(filter)))),
    async listPart(filter, page) {
      const { records, next } = await answerOf(() => store.list({ ...filter, kind }, page))
      return { entries: liveEntries(records), ...(next !== undefined && { next }) }
    },
  }
}

/**
 * Deletes the records of every kind that agree with a filter, such as all that descends from one authorization, and
 * tells how many there were. A filter without any member is a `TypeError`.
 */
export async function removeEverywhere(
  filter: RecordFilter,
  { store }: Pick<StoreContext, 'store'>,
): Promise<number> {
  // Before the store is asked, because a mistake of ours is no reason to ask a client to come back later.
  if (Object.values(filter).every((value) => value === undefined)) {
    throw new TypeError('a filter needs a member: it would remove everything')
  }
  return answerOf(() => store.removeAll(filter))
}
