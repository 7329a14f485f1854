import { closeSync, openSync } from 'node:fs'
import { resolve } from 'node:path'
import Libsql from 'libsql'
import type { Database } from 'libsql'
import { migrate } from './migrate.js'

/** A file that is open, and whose tables are those of today. */
export interface OpenDatabase {
  readonly database: Database
  /** The steps that it took to make them so: none most of the time. */
  readonly steps: readonly string[]
}

/** Milliseconds to wait for another process that is writing. */
const patience = 5000

/** Opens a file, and makes it if there is none. */
export function openDatabase(file: string): OpenDatabase {
  // A new file is for its owner only, and so are those that SQLite puts beside it: who reads it learns who signs in.
  closeSync(openSync(file, 'a', 0o600))
  // To SQLite a relative name may be a URI, of another file than the one that was just made.
  const database = new Libsql(resolve(file), { timeout: patience })
  // Readers do not wait for a writer. With WAL, NORMAL loses nothing when the process dies.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;')
  return { database, steps: migrate(database) }
}
