import { createHash, randomBytes } from 'node:crypto'
import { env } from 'node:process'
import { createPostgresStore } from '@bailiwick/store-postgres'
import type { PostgresStore } from '@bailiwick/store-postgres'
import { Pool } from 'pg'

const connectionString = env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test'

/** How many records of each kind to put into tables. */
export interface Contents {
  readonly live: number
  /** They lie among the others. */
  readonly expired: number
}

/** Tables of their own, full of refresh tokens. */
export interface FilledStore {
  readonly store: PostgresStore
  readonly remove: () => Promise<void>
}

/** The id of one of the records in filled tables, from 0: those that live come first. */
export const idOf = (index: number): string =>
  `${createHash('md5').update(`token ${index}`).digest('hex')}abcdefghijk`

/** Whether there is a database to measure with. */
export async function hasDatabase(): Promise<boolean> {
  const pool = new Pool({ connectionString, connectionTimeoutMillis: 2000 })
  try {
    await pool.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await pool.end()
  }
}

interface IndexRow {
  readonly name: string
  readonly definition: string
}

/** Adds records to a table that has no index but that of its key, and makes the indexes again. */
async function fill(pool: Pool, schema: string, { live, expired }: Contents): Promise<void> {
  const { rows: indexes } = await pool.query<IndexRow>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE schemaname = $1 AND tablename = 'records' AND indexname <> 'records_pkey'`,
    [schema],
  )
  const drops = indexes.map(({ name }) => `DROP INDEX ${schema}.${name};`).join('')
  const creations = indexes.map(({ definition }) => `${definition};`).join('')
  await pool.query(`
    BEGIN;
    ${drops}
    INSERT INTO ${schema}.records
    SELECT 'refresh_token', md5('token ' || i) || 'abcdefghijk', 'user-' || i / 3, 'client-' || i % 10,
      md5('session ' || i / 2) || 'abcdefghijk', md5('family ' || i) || 'abcdefghijk',
      CASE WHEN i < ${live} THEN 4102444800 + i % 999983 ELSE 1 + i % 999983 END, 0,
      '{"user":"' || repeat(md5(i::text), 20) || '"}'
    FROM generate_series(0, ${live + expired - 1}) i ORDER BY md5('place ' || i);
    ${creations}
    COMMIT`)
  await pool.query(`VACUUM ANALYZE ${schema}.records`)
  // Writing down what was filled in is no part of what is measured. Who may not ask for it measures it too.
  await pool.query('CHECKPOINT').catch(() => undefined)
}

/** Makes tables and fills them. */
export async function createFilledStore(contents: Contents): Promise<FilledStore> {
  const schema = `bailiwick_bench_${randomBytes(6).toString('hex')}`
  const pool = new Pool({ connectionString })
  const store = createPostgresStore({ connectionString, schema })
  const remove = async (): Promise<void> => {
    await store.close()
    await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
    await pool.end()
  }
  try {
    await store.migrate()
    await fill(pool, schema, contents)
  } catch (error) {
    await remove()
    throw error
  }
  return { store, remove }
}
