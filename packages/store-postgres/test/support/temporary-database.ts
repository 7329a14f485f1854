import { randomBytes } from 'node:crypto'
import { Pool } from 'pg'
import { onTestFinished } from 'vitest'
import { connectionString } from './find-database.js'

/** Asks a database a question. */
type Ask = (sql: string) => Promise<readonly unknown[]>

/** An empty database that is gone after the test. */
export interface TemporaryDatabase {
  /** With the password `p4ssword`, if the server does not look at it. */
  readonly url: string
  /** The same as it may be shown. */
  readonly shown: string
  readonly ask: Ask
}

function createAsk(url: string): { readonly ask: Ask; readonly end: () => Promise<void> } {
  const pool = new Pool({ connectionString: url })
  // Its last connection may still be open when the database is dropped.
  pool.on('error', () => undefined)
  return { ask: async (sql) => (await pool.query(sql)).rows as unknown[], end: () => pool.end() }
}

/** An empty database that is there until it is dropped. */
export interface OwnDatabase extends TemporaryDatabase {
  readonly drop: () => Promise<void>
}

/** Makes an empty database. */
export async function createDatabase(): Promise<OwnDatabase> {
  const name = `bailiwick_test_${randomBytes(6).toString('hex')}`
  const server = createAsk(connectionString)
  await server.ask(`CREATE DATABASE ${name}`)
  const url = new URL(connectionString)
  url.pathname = `/${name}`
  if (url.password === '') url.password = 'p4ssword'
  const database = createAsk(url.href)
  const shown = url.href.replace(`:${url.password}@`, ':***@')
  const drop = async (): Promise<void> => {
    await database.end()
    await server.ask(`DROP DATABASE ${name} WITH (FORCE)`)
    await server.end()
  }
  return { url: url.href, shown, ask: database.ask, drop }
}

/** Makes an empty database that is gone after the test. */
export async function temporaryDatabase(): Promise<TemporaryDatabase> {
  const { drop, ...database } = await createDatabase()
  onTestFinished(drop)
  return database
}
