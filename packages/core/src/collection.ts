import type { ServerContext } from './context.js'
import type { JsonValue, RecordFilter, RecordKind, StoreRecord } from './stores/store.js'
import { orUnavailable } from './unavailable.js'

/** A record of one kind, with its data as that kind has it. */
export interface Entry<Data> extends Omit<StoreRecord, 'kind' | 'data'> {
  readonly data: Data
}

/** Chooses entries of one kind. */
export type EntryFilter = Omit<RecordFilter, 'kind'>

/**
 * The records of one kind. What the store throws becomes 503, so that "could not look" is never taken for "not
 * there"; what has expired by the clock of this server is not there, whatever the store's clock says.
 */
export interface Collection<Data> {
  readonly insert: (entry: Omit<Entry<Data>, 'version'>) => Promise<boolean>
  readonly find: (id: string) => Promise<Entry<Data> | undefined>
  readonly take: (id: string) => Promise<Entry<Data> | undefined>
  readonly replace: (entry: Entry<Data>) => Promise<boolean>
  readonly removeAll: (filter: EntryFilter) => Promise<number>
  /** Lists all of them, however many parts the store gives them in. */
  readonly list: (filter: EntryFilter) => Promise<readonly Entry<Data>[]>
}

type State = Pick<ServerContext, 'store' | 'now'>

const pageSize = 100

const asking = <Answer>(work: () => Promise<Answer>): Promise<Answer> =>
  orUnavailable('what the server keeps', work)

/** Removes the records of every kind that agree with a filter. */
export function removeEverywhere(
  filter: RecordFilter,
  { store }: Pick<ServerContext, 'store'>,
): Promise<number> {
  return asking(() => store.removeAll(filter))
}

/** Gives access to the records of one kind. `Data` is made of what JSON can hold: only its author knows that. */
export function collection<Data extends object>(
  kind: RecordKind,
  { store, now }: State,
): Collection<Data> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- interfaces have no index signature, but are JSON
  const toData = (data: Data): JsonValue => data as unknown as JsonValue
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is read under a kind was written under it
  const toEntry = (record: StoreRecord): Entry<Data> => record as unknown as Entry<Data>
  const live = (record: StoreRecord | undefined): Entry<Data> | undefined =>
    record !== undefined && record.expiresAt > now() ? toEntry(record) : undefined

  async function listFrom(
    filter: EntryFilter,
    after: string | undefined,
  ): Promise<readonly StoreRecord[]> {
    const page = { limit: pageSize, ...(after !== undefined && { after }) }
    const { records, next } = await store.list({ ...filter, kind }, page)
    return next === undefined ? records : [...records, ...(await listFrom(filter, next))]
  }

  return {
    insert: (entry) => asking(() => store.insert({ ...entry, kind, data: toData(entry.data) })),
    find: (id) => asking(async () => live(await store.find(kind, id))),
    take: (id) => asking(async () => live(await store.take(kind, id))),
    replace: (entry) => asking(() => store.replace({ ...entry, kind, data: toData(entry.data) })),
    removeAll: (filter) => asking(() => store.removeAll({ ...filter, kind })),
    list: (filter) =>
      asking(async () =>
        (await listFrom(filter, undefined)).flatMap((record) => live(record) ?? []),
      ),
  }
}
