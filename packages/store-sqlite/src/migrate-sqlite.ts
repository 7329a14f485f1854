import { openDatabase } from './open-database.js'

/**
 * Makes the tables of a file, or brings them to the state of today, as opening a store does.
 *
 * @returns the steps that it took: `['001-records.sql']`.
 * @throws when the file is no database, or its tables are newer than this package.
 */
export function migrateSqlite({ file }: { readonly file: string }): readonly string[] {
  const { database, steps } = openDatabase(file)
  database.close()
  return steps
}
