import { createMemoryStore } from '@bailiwick/core'
import type { Store } from '@bailiwick/core'
import { createRedisStore } from '@bailiwick/store-redis'
import { createSqliteStore } from '@bailiwick/store-sqlite'
import { openPostgres } from './open-postgres.js'
import { storeFailure } from '../stores/store-failure.js'
import type { StorePlace } from '../stores/store-place.js'

/** A store that is ready, and what to do when the server stops. */
export interface OpenStore {
  readonly store: Store
  readonly close: () => Promise<void>
}

/** Whether the tables of a database that nodes share are made here. Those in a file always are. */
export interface OpenOptions {
  readonly migrate: 'yes' | 'no'
}

async function openRedis(url: string): Promise<OpenStore> {
  const store = createRedisStore({ url })
  try {
    await store.connect()
  } catch (error) {
    await store.close()
    throw error
  }
  return { store, close: store.close }
}

async function open(place: StorePlace, { migrate }: OpenOptions): Promise<OpenStore> {
  switch (place.kind) {
    case 'memory':
      return { store: createMemoryStore(), close: async () => undefined }
    case 'file': {
      const store = createSqliteStore({ file: place.file })
      return { store, close: store.close }
    }
    case 'postgres': {
      const store = await openPostgres(place, migrate)
      return { store, close: store.close }
    }
    case 'redis':
      return openRedis(place.url)
  }
}

/**
 * Opens the store that `--store` names.
 *
 * @throws CommandFailure when it cannot be opened.
 */
export async function openStore(place: StorePlace, options: OpenOptions): Promise<OpenStore> {
  try {
    return await open(place, options)
  } catch (error) {
    throw storeFailure('open', place, error)
  }
}
