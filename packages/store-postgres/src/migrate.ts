import { readFileSync } from 'node:fs'
import type { ClientBase, Pool } from 'pg'
import { isAbsent } from './is-absent.js'
import { codeOf, isContention, retrying } from './retrying.js'
import { migrations, quoteName, readTableState } from './table-state.js'
import { withConnection } from './with-connection.js'

/** Where to make the tables. */
export interface MigrationOptions {
  readonly pool: Pick<Pool, 'connect' | 'query'>
  /** The schema that the tables are in. It is made if there is none. */
  readonly schema: string
}

// Any number will do that nobody else takes for a lock of theirs.
const lock = 4_237_001

/**
 * What a database says to the one of two that makes a thing second: `unique_violation`, `duplicate_table`,
 * `duplicate_schema`, `duplicate_object` (PostgreSQL 16 manual, appendix A).
 */
const duplication: ReadonlySet<unknown> = new Set(['23505', '42P07', '42P06', '42710'])

const isBecauseOfOthers = (error: unknown): boolean =>
  isContention(error) || duplication.has(codeOf(error))

async function findNames(client: ClientBase, sql: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ readonly name: string }>(sql)
  return rows.map(({ name }) => name)
}

/** Makes the schema. Who may not make one in this database is not asked to when it is there. */
async function makeSchema(client: ClientBase, schema: string): Promise<void> {
  const schemas = await findNames(client, 'SELECT nspname AS name FROM pg_catalog.pg_namespace')
  if (!schemas.includes(schema)) await client.query(`CREATE SCHEMA ${quoteName(schema)}`)
}

async function takeSteps(client: ClientBase, schema: string): Promise<readonly string[]> {
  await makeSchema(client, schema)
  // Until the end of this transaction.
  await client.query(`SET LOCAL search_path TO ${quoteName(schema)}`)
  await client.query(
    'CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, taken_at timestamptz NOT NULL DEFAULT now())',
  )
  const taken = await findNames(client, 'SELECT name FROM migrations')
  const steps = migrations.filter((name) => !taken.includes(name))
  for (const name of steps) {
    // oxlint-disable-next-line no-await-in-loop -- each step builds on the one before
    await client.query(readFileSync(new URL(`../migrations/${name}`, import.meta.url), 'utf8'))
    // oxlint-disable-next-line no-await-in-loop
    await client.query('INSERT INTO migrations (name) VALUES ($1)', [name])
  }
  return steps
}

/** Takes all steps or none. */
function takeStepsAtOnce(
  { pool, schema }: MigrationOptions,
  begin: string,
): Promise<readonly string[]> {
  return withConnection({
    pool,
    async work(client) {
      await client.query(begin)
      const steps = await takeSteps(client, schema)
      await client.query('COMMIT')
      return steps
    },
    // Closing it takes everything back.
    isGoodAfter: () => false,
  })
}

/**
 * Brings the tables to the state of today: all steps or none, and under a lock, so that of several processes that start
 * at once one makes the tables and the others wait for it. Where a database has no such locks, or they do nothing, one
 * of them fails because of the other, tries again, and finds the tables made. When there is nothing to do it needs no
 * more than to read.
 *
 * @returns the steps that it took: `['001-records.sql']`.
 * @throws when the tables are newer than this package.
 */
export async function migratePostgres(options: MigrationOptions): Promise<readonly string[]> {
  const { missing, unknown } = await readTableState(options)
  if (unknown.length > 0) {
    throw new Error(
      `the tables are newer than this program, which does not know ${unknown.join(', ')}`,
    )
  }
  if (missing.length === 0) return []
  const attempt = async (): Promise<readonly string[]> => {
    try {
      return await takeStepsAtOnce(options, `BEGIN; SELECT pg_advisory_xact_lock(${lock})`)
    } catch (error) {
      if (!isAbsent(error)) throw error
      return takeStepsAtOnce(options, 'BEGIN')
    }
  }
  return retrying(attempt, { isWorthIt: isBecauseOfOthers })
}
