import { readdirSync, readFileSync } from 'node:fs'
import type { ClientBase, Pool } from 'pg'

const folder = new URL('../migrations/', import.meta.url)

/** The steps that lead to the tables of today, in their order. */
const migrations = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .toSorted()

/** Where to make the tables. */
export interface MigrationOptions {
  readonly pool: Pick<Pool, 'connect'>
  /** The schema that the tables are in. It is made if there is none. */
  readonly schema: string
}

// Any number will do that nobody else takes for a lock of theirs.
const lock = 4_237_001

/** Quotes a schema, whatever is in its name. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`

async function takeSteps(client: ClientBase, schema: string): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [lock])
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${quoteName(schema)}`)
  await client.query(`SET LOCAL search_path TO ${quoteName(schema)}`)
  await client.query(
    'CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, taken_at timestamptz NOT NULL DEFAULT now())',
  )
  const { rows } = await client.query<{ readonly name: string }>('SELECT name FROM migrations')
  const taken = new Set(rows.map(({ name }) => name))
  for (const name of migrations.filter((migration) => !taken.has(migration))) {
    // oxlint-disable-next-line no-await-in-loop -- each step builds on the one before
    await client.query(readFileSync(new URL(name, folder), 'utf8'))
    // oxlint-disable-next-line no-await-in-loop
    await client.query('INSERT INTO migrations (name) VALUES ($1)', [name])
  }
}

/**
 * Brings the tables to the state of today: all steps or none, and under a lock, so that of several processes that start
 * at once one makes the tables and the others wait for it.
 */
export async function migratePostgres({ pool, schema }: MigrationOptions): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await takeSteps(client, schema)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}
