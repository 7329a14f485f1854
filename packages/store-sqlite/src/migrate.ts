import { readdirSync, readFileSync } from 'node:fs'
import type { Database } from 'libsql'

const folder = new URL('../migrations/', import.meta.url)

/** The steps that lead to the tables of today, in their order. */
const migrations = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .toSorted()

function versionOf(database: Database): number {
  const row = database.prepare('PRAGMA user_version').get()
  return typeof row === 'object' && row !== null ? Number(Reflect.get(row, 'user_version')) : 0
}

function takeSteps(database: Database): readonly string[] {
  const taken = versionOf(database)
  if (taken > migrations.length) {
    throw new Error(
      `the tables are newer than this program: it knows ${migrations.length} steps, they took ${taken}`,
    )
  }
  const steps = migrations.slice(taken)
  for (const name of steps) database.exec(readFileSync(new URL(name, folder), 'utf8'))
  database.exec(`PRAGMA user_version = ${migrations.length}`)
  return steps
}

/**
 * Brings the tables of a file to the state of today. `user_version` says how many steps were taken; they are taken
 * under the write lock, so that of several processes that open a new file one makes the tables.
 *
 * @returns the steps that it took.
 */
export function migrate(database: Database): readonly string[] {
  database.exec('BEGIN IMMEDIATE')
  try {
    const steps = takeSteps(database)
    database.exec('COMMIT')
    return steps
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}
