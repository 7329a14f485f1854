import { createHash } from 'node:crypto'
import type { RecordFilter, RecordPage, Store, StoreRecord } from '@bailiwick/core'
import { Pool } from 'pg'
import type { PoolConfig } from 'pg'
import { migratePostgres, quoteName } from './migrate.js'
import { columns, conditionsOf, toRecord, toValues } from './record-row.js'
import type { RecordRow, Value } from './record-row.js'
import { retrying } from './retrying.js'

/** Where a PostgreSQL store keeps its records. */
export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database`. Without it: as the environment of `pg` says. */
  readonly connectionString?: string
  /** Further settings of the connections, e.g. `ssl` or `max` (`pg`). */
  readonly connection?: PoolConfig
  /**
   * The schema that the tables are in.
   *
   * @defaultValue `'bailiwick'`
   */
  readonly schema?: string
  /**
   * Whether statements are prepared on each connection. Set it to `false` behind a pooler in transaction mode that does
   * not know prepared statements.
   *
   * @defaultValue `true`
   */
  readonly prepare?: boolean
  /**
   * The clock, in seconds since the epoch.
   *
   * @defaultValue the clock of the machine
   */
  readonly now?: () => number
}

/** A store that holds connections open. */
export interface PostgresStore extends Store {
  /** Makes the tables, or brings them to the state of today. Call it before the first request, or once when you deploy. */
  readonly migrate: () => Promise<void>
  /** Closes the connections. What is asked of the store afterwards fails. */
  readonly close: () => Promise<void>
}

type Query = (sql: string, values: readonly Value[]) => Promise<QueryAnswer>

interface QueryAnswer {
  readonly rows: readonly RecordRow[]
  readonly rowCount: number | null
}

/** Seconds after which a database that does not answer counts as one that cannot. */
const patience = 5

function createPool({ connectionString, connection }: PostgresStoreOptions): Pool {
  const pool = new Pool({
    ...(connectionString !== undefined && { connectionString }),
    connectionTimeoutMillis: patience * 1000,
    query_timeout: patience * 1000,
    ...connection,
  })
  // An idle connection that breaks is replaced; without a listener it would end the process.
  pool.on('error', () => undefined)
  return pool
}

/** Sends statements, each under a name of its own where they are prepared, and again when others got in the way. */
function createQuery(pool: Pool, isPrepared: boolean): Query {
  return (text, values) =>
    retrying(() =>
      pool.query<RecordRow>({
        text,
        values: [...values],
        ...(isPrepared && { name: createHash('sha256').update(text).digest('base64url') }),
      }),
    )
}

const list = columns.join(', ')
const places = columns.map((_, index) => `$${index + 1}`).join(', ')
const assignments = columns.map((column) => `${column} = excluded.${column}`).join(', ')

const statementsFor = (table: string) => ({
  insert: `INSERT INTO ${table} AS records (${list}) VALUES (${places})
    ON CONFLICT (kind, id) DO UPDATE SET ${assignments}
    WHERE records.expires_at <= $${columns.length + 1}`,
  find: `SELECT ${list} FROM ${table} WHERE kind = $1 AND id = $2 AND expires_at > $3`,
  take: `DELETE FROM ${table} WHERE kind = $1 AND id = $2 AND expires_at > $3 RETURNING ${list}`,
  replace: `UPDATE ${table} SET subject = $3, client_id = $4, session_id = $5, family = $6,
      expires_at = $7, version = $8, data = $9
    WHERE kind = $1 AND id = $2 AND version = $10 AND expires_at > $11`,
  // Rows that another process is deleting are left to it.
  removeExpired: `DELETE FROM ${table} WHERE (kind, id) IN (
      SELECT kind, id FROM ${table} WHERE expires_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED
    )`,
})

const whereOf = (filter: RecordFilter): { readonly sql: string; readonly values: string[] } => {
  const conditions = conditionsOf(filter)
  return {
    sql: conditions.map(([column], index) => `${column} = $${index + 1}`).join(' AND '),
    values: conditions.map(([, value]) => value),
  }
}

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

const countOf = ({ rowCount }: QueryAnswer): number => rowCount ?? 0

const first = ({ rows: [row] }: QueryAnswer): StoreRecord | undefined => row && toRecord(row)

/** The part of the store that chooses records by their members. */
function createFiltered(
  table: string,
  query: Query,
  now: () => number,
): Pick<Store, 'removeAll' | 'list'> {
  return {
    async removeAll(filter) {
      const { sql, values } = whereOf(filter)
      const time = `$${values.length + 1}`
      return countOf(
        await query(`DELETE FROM ${table} WHERE ${sql} AND expires_at > ${time}`, [
          ...values,
          now(),
        ]),
      )
    },
    async list(filter, { limit, after }) {
      const { sql, values } = whereOf(filter)
      const [time, kind, id, most] = [1, 2, 3, 4].map((index) => `$${values.length + index}`)
      const { rows } = await query(
        `SELECT ${list} FROM ${table} WHERE ${sql} AND expires_at > ${time}
           AND (kind, id) > (${kind}, ${id}) ORDER BY kind, id LIMIT ${most}`,
        [...values, now(), ...readKey(after), limit + 1],
      )
      return pageOf(rows, limit)
    },
  }
}

/**
 * Keeps records in PostgreSQL, 14 or newer, or a database that speaks its protocol. Several processes share them. Each
 * method is one statement, and so one step for everybody; nothing is kept in a connection between two of them.
 */
export function createPostgresStore(options: PostgresStoreOptions = {}): PostgresStore {
  const { schema = 'bailiwick', prepare = true } = options
  const { now = () => Math.floor(Date.now() / 1000) } = options
  const pool = createPool(options)
  const query = createQuery(pool, prepare)
  const table = `${quoteName(schema)}.records`
  const statements = statementsFor(table)

  return {
    ...createFiltered(table, query, now),
    insert: async (record) => {
      const values = toValues({ ...record, version: 0 })
      return countOf(await query(statements.insert, [...values, now()])) === 1
    },
    find: async (kind, id) => first(await query(statements.find, [kind, id, now()])),
    take: async (kind, id) => first(await query(statements.take, [kind, id, now()])),
    async replace(record) {
      const { version } = record
      const values = toValues({ ...record, version: version + 1 })
      return countOf(await query(statements.replace, [...values, version, now()])) === 1
    },
    removeExpired: async (limit) => countOf(await query(statements.removeExpired, [now(), limit])),
    migrate: () => migratePostgres({ pool, schema }),
    close: () => pool.end(),
  }
}
