import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { Client } from 'pg'
import { onTestFinished } from 'vitest'
import { connectionString } from '../../../../store-postgres/test/support/find-database.js'
import { creation, filling, sqlite } from './ef-tables.js'
import type { Dialect } from './ef-tables.js'
import type { Appsettings } from './to-appsettings.js'

/** The tables of an IdentityServer, which are gone after the test. */
export interface TestTables {
  /** The file, or the schema. */
  readonly name: string
  readonly write: (settings: Appsettings) => Promise<void>
  readonly run: (...sql: readonly string[]) => Promise<void>
}

/** Makes the tables in a SQLite file. */
export async function sqliteTables(): Promise<TestTables> {
  const directory = await mkdtemp(join(tmpdir(), 'bailiwick-'))
  const name = join(directory, 'ids #1.db')
  const database = new Libsql(name)
  onTestFinished(async () => {
    database.close()
    await rm(directory, { recursive: true })
  })
  const run = async (...sql: readonly string[]) => {
    database.exec(['BEGIN', ...sql, 'COMMIT'].join(';'))
  }
  await run(...creation({ dialect: sqlite }))
  return { name, run, write: async (settings) => run(...filling(settings, { dialect: sqlite })) }
}

/** Makes the tables in a schema of a PostgreSQL database. */
export async function postgresTables(
  dialect: Dialect,
  { url = connectionString, schema = `import_${randomUUID()}` } = {},
): Promise<TestTables> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const run = async (...sql: readonly string[]) => {
    await client.query(sql.join(';'))
  }
  onTestFinished(async () => {
    await run(`DROP SCHEMA "${schema}" CASCADE`)
    await client.end()
  })
  await run(`CREATE SCHEMA "${schema}"`, ...creation({ dialect, schema }))
  return {
    name: schema,
    run,
    write: async (settings) => run(...filling(settings, { dialect, schema })),
  }
}
