import { createPostgresStore } from '@bailiwick/store-postgres'
import type { PostgresStore } from '@bailiwick/store-postgres'
import { CommandFailure } from '../command-failure.js'
import { showPlace } from '../stores/store-place.js'
import type { StorePlace } from '../stores/store-place.js'

/** A database that nodes share. */
export type PostgresPlace = Extract<StorePlace, { readonly kind: 'postgres' }>

async function refuseOtherTables(store: PostgresStore, place: PostgresPlace): Promise<void> {
  const { missing, unknown } = await store.readTableState()
  const shown = showPlace(place)
  if (unknown.length > 0) {
    throw new CommandFailure(
      `the tables in ${shown} are newer than this program, which does not know ${unknown.join(', ')}`,
    )
  }
  if (missing.length > 0) {
    throw new CommandFailure(
      `the tables in ${shown} lack ${missing.join(', ')}: run bailiwick migrate --store ${shown}`,
    )
  }
}

/**
 * Opens the store in a PostgreSQL database. Its tables are those of today afterwards, made so or found so.
 *
 * @throws CommandFailure when they are others and are not to be changed.
 */
export async function openPostgres(
  place: PostgresPlace,
  migrate: 'yes' | 'no',
): Promise<PostgresStore> {
  const store = createPostgresStore({ connectionString: place.url })
  try {
    if (migrate === 'yes') await store.migrate()
    else await refuseOtherTables(store, place)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}
