import { readdirSync, readFileSync } from 'node:fs'
import type { Database } from 'libsql'

const folder = new URL('../migrations/', import.meta.url)

/** The steps that lead to the tables of today, in their order. */
const migrations = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .toSorted()

/**
 * Brings the tables of a file to the state of today. `user_version` says how many steps were taken; they are taken
 * under the write lock, so that of several processes that open a new file one makes the tables.
 */
export function migrate(database: Database): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    const taken = versionOf(database)
    for (const name of migrations.slice(taken)) {
      database.exec(readFileSync(new URL(name, folder), 'utf8'))
    }
    database.exec(`PRAGMA user_version = ${Math.max(taken, migrations.length)}`)
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

function versionOf(database: Database): number {
  const row = database.prepare('PRAGMA user_version').get()
  return typeof row === 'object' && row !== null ? Number(Reflect.get(row, 'user_version')) : 0
}
