import type { Store, StoreRecord } from '@bailiwick/core'
import type { QueryResult } from 'pg'
import { createFiltered } from './create-filtered.js'
import { createPool } from './create-pool.js'
import type { PoolOptions } from './create-pool.js'
import { createQuery } from './create-query.js'
import { createSweep } from './create-sweep.js'
import { migratePostgres } from './migrate.js'
import { columns, toRecord, toValues } from './record-row.js'
import type { RecordRow } from './record-row.js'
import { quoteName, readTableState } from './table-state.js'
import type { TableState } from './table-state.js'

/** Where a PostgreSQL store keeps its records. */
export interface PostgresStoreOptions extends PoolOptions {
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
   * How many seconds a connection, and then each statement, may take. A connection that does not answer in time is given
   * up, and what was asked for fails, whether or not the database did it.
   *
   * @defaultValue `3`
   */
  readonly timeout?: number
  /**
   * The clock, in seconds since the epoch.
   *
   * @defaultValue the clock of the machine
   */
  readonly now?: () => number
}

/** A store that holds connections open. */
export interface PostgresStore extends Store {
  /**
   * Makes the tables, or brings them to the state of today. Call it before the first request, or once when you deploy.
   *
   * @returns the steps that it took: `['001-records.sql']`.
   * @throws when the tables are newer than this package.
   */
  readonly migrate: () => Promise<readonly string[]>
  /** Compares the tables with those of today, and changes nothing. */
  readonly readTableState: () => Promise<TableState>
  /** Closes the connections. What is asked of the store afterwards fails. */
  readonly close: () => Promise<void>
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
})

const isOne = ({ rowCount }: QueryResult): boolean => rowCount === 1

const first = ({ rows: [row] }: QueryResult<RecordRow>): StoreRecord | undefined =>
  row && toRecord(row)

/** How long making tables takes depends on how much is in them. */
async function migrate(
  options: PostgresStoreOptions,
  where: { readonly schema: string; readonly connecting: number },
): Promise<readonly string[]> {
  const pool = createPool(options, where)
  try {
    return await migratePostgres({ pool, schema: where.schema })
  } finally {
    await pool.end()
  }
}

/**
 * Keeps records in PostgreSQL, 14 or newer, or a database that speaks its protocol. Several processes share them. Each
 * method is one statement, and so one step for everybody, except that `removeAll` needs one for each thousand records.
 * Nothing is kept in a connection between two statements but, if you like, how they are prepared.
 */
export function createPostgresStore(options: PostgresStoreOptions = {}): PostgresStore {
  const { schema = 'bailiwick', prepare = true, timeout = 3 } = options
  const { now = () => Math.floor(Date.now() / 1000) } = options
  const pool = createPool(options, { connecting: timeout, statement: timeout })
  const query = createQuery(pool, prepare)
  const queryOnce = createQuery(pool, false)
  const table = `${quoteName(schema)}.records`
  const statements = statementsFor(table)

  return {
    ...createFiltered(table, queryOnce, now),
    insert: async (record) => {
      const values = toValues({ ...record, version: 0 })
      return isOne(await query(statements.insert, [...values, now()]))
    },
    find: async (kind, id) => first(await query(statements.find, [kind, id, now()])),
    take: async (kind, id) => first(await query(statements.take, [kind, id, now()])),
    async replace(record) {
      const { version } = record
      const values = toValues({ ...record, version: version + 1 })
      return isOne(await query(statements.replace, [...values, version, now()]))
    },
    removeExpired: createSweep({ table, query: queryOnce, now }),
    migrate: () => migrate(options, { schema, connecting: timeout }),
    readTableState: () => readTableState({ pool, schema }),
    close: () => pool.end(),
  }
}
