import { createPostgresStore } from '@bailiwick/store-postgres'
import { migrateSqlite } from '@bailiwick/store-sqlite'
import { CommandFailure } from '../command-failure.js'
import { storeFailure } from './store-failure.js'
import { showPlace } from './store-place.js'
import type { StorePlace } from './store-place.js'

async function migratePostgres(connectionString: string): Promise<readonly string[]> {
  const store = createPostgresStore({ connectionString })
  try {
    return await store.migrate()
  } finally {
    await store.close()
  }
}

async function migrate(place: StorePlace): Promise<readonly string[]> {
  switch (place.kind) {
    case 'memory':
    case 'redis':
      throw new CommandFailure(`--store ${showPlace(place)} has no tables`)
    case 'file':
      return migrateSqlite({ file: place.file })
    case 'postgres':
      return migratePostgres(place.url)
  }
}

/**
 * Brings the tables of the store that `--store` names to the state of today.
 *
 * @returns the steps that it took.
 * @throws CommandFailure when that is not possible.
 */
export async function migrateStore(place: StorePlace): Promise<readonly string[]> {
  try {
    return await migrate(place)
  } catch (error) {
    throw storeFailure('migrate', place, error)
  }
}
