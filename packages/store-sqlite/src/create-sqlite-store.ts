import type { Page, RecordFilter, RecordPage, Store, StoreRecord } from '@bailiwick/core'
import { openDatabase } from './open-database.js'
import { columns, conditionsOf, toRecord, toValues } from './record-row.js'
import type { RecordRow, Value } from './record-row.js'

/** Where a SQLite store keeps its records. */
export interface SqliteStoreOptions {
  /** The file; it is made if there is none. Several processes of one machine may share it. */
  readonly file: string
  /**
   * The clock, in seconds since the epoch.
   *
   * @defaultValue the clock of the machine
   */
  readonly now?: () => number
}

/** A store that holds a file open. */
export interface SqliteStore extends Store {
  /** Closes the file. What is asked of the store afterwards fails. */
  readonly close: () => Promise<void>
}

const list = columns.join(', ')
const places = columns.map(() => '?').join(', ')
const assignments = columns.map((column) => `${column} = excluded.${column}`).join(', ')

const statements = {
  insert: `INSERT INTO records (${list}) VALUES (${places})
    ON CONFLICT (kind, id) DO UPDATE SET ${assignments} WHERE records.expires_at <= ?`,
  find: `SELECT ${list} FROM records WHERE kind = ? AND id = ? AND expires_at > ?`,
  take: `DELETE FROM records WHERE kind = ? AND id = ? AND expires_at > ? RETURNING ${list}`,
  replace: `UPDATE records
    SET subject = ?, client_id = ?, session_id = ?, family = ?, expires_at = ?, version = ?, data = ?
    WHERE kind = ? AND id = ? AND version = ? AND expires_at > ?`,
  removeExpired: `DELETE FROM records
    WHERE rowid IN (SELECT rowid FROM records WHERE expires_at <= ? LIMIT ?)`,
} as const

/** What few records have in common. */
const selective: ReadonlySet<string> = new Set(['subject', 'session_id', 'family'])

/**
 * SQLite does not know that a client has more records than a user, and would go through all of them: a plus keeps it from
 * finding its way by a column (SQLite query optimizer overview, section 5).
 */
const whereOf = (filter: RecordFilter): { readonly sql: string; readonly values: string[] } => {
  const conditions = conditionsOf(filter)
  const isFew = conditions.some(([column]) => selective.has(column))
  return {
    sql: conditions
      .map(([column]) => `${isFew && !selective.has(column) ? '+' : ''}${column} = ?`)
      .join(' AND '),
    values: conditions.map(([, value]) => value),
  }
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each statement that is read selects these columns
const asRows = (rows: readonly unknown[]): readonly RecordRow[] => rows as readonly RecordRow[]

/** Where a list goes on, as text. */
const keyOf = ({ kind, id }: Pick<StoreRecord, 'kind' | 'id'>): string => JSON.stringify([kind, id])

function readKey(after: string | undefined): readonly Value[] {
  const key: unknown = after === undefined ? ['', ''] : JSON.parse(after)
  return Array.isArray(key) ? key.map(String) : ['', '']
}

function pageOf(rows: readonly RecordRow[], limit: number): RecordPage {
  const records = rows.slice(0, limit).map(toRecord)
  const last = records.at(-1)
  return { records, ...(rows.length > limit && last !== undefined && { next: keyOf(last) }) }
}

const first = ([row]: readonly RecordRow[]): StoreRecord | undefined => row && toRecord(row)

/**
 * Keeps records in one SQLite file, in which they survive the process. Each method is one statement, and so one step for
 * all processes that have the file open.
 */
export function createSqliteStore({
  file,
  now = () => Math.floor(Date.now() / 1000),
}: SqliteStoreOptions): SqliteStore {
  const { database } = openDatabase(file)
  const run = (sql: string, ...values: readonly Value[]): number =>
    database.prepare(sql).run(...values).changes
  const rows = (sql: string, ...values: readonly Value[]): readonly RecordRow[] =>
    asRows(database.prepare(sql).all(...values))

  return {
    insert: async (record) =>
      run(statements.insert, ...toValues({ ...record, version: 0 }), now()) === 1,
    find: async (kind, id) => first(rows(statements.find, kind, id, now())),
    take: async (kind, id) => first(rows(statements.take, kind, id, now())),
    async replace(record) {
      const { kind, id, version } = record
      const [, , ...values] = toValues({ ...record, version: version + 1 })
      return run(statements.replace, ...values, kind, id, version, now()) === 1
    },
    async removeAll(filter) {
      const { sql, values } = whereOf(filter)
      return run(`DELETE FROM records WHERE ${sql} AND expires_at > ?`, ...values, now())
    },
    async list(filter, { limit, after }: Page) {
      const { sql, values } = whereOf(filter)
      const selected = rows(
        `SELECT ${list} FROM records WHERE ${sql} AND expires_at > ? AND (kind, id) > (?, ?)
         ORDER BY kind, id LIMIT ?`,
        ...values,
        now(),
        ...readKey(after),
        limit + 1,
      )
      return pageOf(selected, limit)
    },
    removeExpired: async (limit) => run(statements.removeExpired, now(), limit),
    async close() {
      database.close()
    },
  }
}
