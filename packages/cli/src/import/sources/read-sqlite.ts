import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Row } from './database.js'
import type { IdentityServerConfiguration } from './identity-server-configuration.js'
import { readTables } from './read-tables.js'

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a driver knows no types of columns
const asRows = (rows: readonly unknown[]): readonly Row[] => rows as readonly Row[]

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Milliseconds to wait for another process that is writing. */
const patience = 5000

/** Reads the configuration tables in a SQLite file, and does not change it. */
export async function readSqlite(file: string): Promise<IdentityServerConfiguration> {
  const { default: Libsql } = await import('libsql')
  const database = new Libsql(`${pathToFileURL(resolve(file)).href}?mode=ro`, { timeout: patience })
  const rowsOf = (sql: string): readonly Row[] => asRows(database.prepare(sql).all())
  try {
    // One transaction, in which nothing that others write can be seen half.
    database.exec('BEGIN')
    const tables = rowsOf(`SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')`)
    const configuration = await readTables({
      shownAs: file,
      tables: tables.map(({ name }) => String(name)),
      rowsOf: async (table) => rowsOf(`SELECT * FROM ${quoted(table)}`),
    })
    database.exec('COMMIT')
    return configuration
  } finally {
    database.close()
  }
}
