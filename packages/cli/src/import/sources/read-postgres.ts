import type { Client as PostgresClient } from 'pg'
import { CommandFailure } from '../../command-failure.js'
import { showPlace } from '../../stores/store-place.js'
import type { Row } from './database.js'
import type { IdentityServerConfiguration } from './identity-server-configuration.js'
import { foldName, readTables } from './read-tables.js'

interface TableName {
  readonly schema: string
  readonly name: string
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

async function listTables(client: PostgresClient): Promise<readonly TableName[]> {
  const { rows } = await client.query<TableName>(
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2`,
  )
  return rows
}

/** Tables that are called `clients` are in many databases, but not beside one of their grant types. */
function schemasOf(tables: readonly TableName[]): readonly string[] {
  const schemasWith = (table: string): readonly string[] =>
    tables.filter(({ name }) => foldName(name) === table).map(({ schema }) => schema)
  const withGrantTypes = new Set(schemasWith('clientgranttypes'))
  return schemasWith('clients').filter((schema) => withGrantTypes.has(schema))
}

function chooseSchema(tables: readonly TableName[], shown: string, wanted?: string): string {
  if (wanted !== undefined) {
    if (tables.some(({ schema }) => schema === wanted)) return wanted
    throw new CommandFailure(`${shown}: there is no schema '${wanted}' with tables to read`)
  }
  const [first, ...others] = schemasOf(tables)
  if (first === undefined) {
    throw new CommandFailure(
      `${shown}: there are no configuration tables of IdentityServer to read`,
    )
  }
  if (others.length === 0) return first
  throw new CommandFailure(
    `${shown}: several schemas have the tables: name one of ${[first, ...others].join(', ')} with --schema`,
  )
}

async function readFrom(
  client: PostgresClient,
  shown: string,
  wanted: string | undefined,
): Promise<IdentityServerConfiguration> {
  // One state of all tables, in which nothing that others write can be seen half.
  await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
  // Functions and operators are those of PostgreSQL, whatever others have put into a schema of the database.
  await client.query('SET LOCAL search_path TO pg_catalog')
  const all = await listTables(client)
  const schema = chooseSchema(all, shown, wanted)
  return readTables({
    shownAs: `${shown}, schema ${schema}`,
    tables: all.filter((table) => table.schema === schema).map(({ name }) => name),
    async rowsOf(table) {
      // As JSON dates are text, which the driver would take for local time.
      const { rows } = await client.query<{ readonly row: Row }>(
        `SELECT to_json(t) AS row FROM ${quoted(schema)}.${quoted(table)} AS t`,
      )
      return rows.map(({ row }) => row)
    },
  })
}

/** Reads the configuration tables in a PostgreSQL database, and does not change it. */
export async function readPostgres(
  url: string,
  schema: string | undefined,
): Promise<IdentityServerConfiguration> {
  const { Client } = await import('pg')
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    return await readFrom(client, showPlace({ kind: 'postgres', url }), schema)
  } finally {
    await client.end()
  }
}
