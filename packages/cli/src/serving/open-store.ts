import { createMemoryStore } from '@bailiwick/core'
import type { Store } from '@bailiwick/core'
import { createPostgresStore } from '@bailiwick/store-postgres'
import { createRedisStore } from '@bailiwick/store-redis'
import { createSqliteStore } from '@bailiwick/store-sqlite'
import { CommandFailure } from '../command-failure.js'

/** A store that is ready, and what to do when the server stops. */
export interface OpenStore {
  readonly store: Store
  readonly close: () => Promise<void>
}

async function openPostgres(connectionString: string): Promise<OpenStore> {
  const store = createPostgresStore({ connectionString })
  try {
    await store.migrate()
  } catch (error) {
    await store.close()
    throw error
  }
  return { store, close: store.close }
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

async function open(place: string): Promise<OpenStore> {
  if (place === 'memory') return { store: createMemoryStore(), close: async () => undefined }
  if (/^postgres(?:ql)?:\/\//.test(place)) return openPostgres(place)
  if (/^rediss?:\/\//.test(place)) return openRedis(place)
  const store = createSqliteStore({ file: place })
  return { store, close: store.close }
}

/** A place as it may be shown: without a password. */
const shown = (place: string): string => place.replace(/^(\w+:\/\/[^/@:]*):.*@/, '$1:***@')

/**
 * Opens the store that `--store` names: `memory`, a `postgres://` or `redis://` URL, or the file of an embedded database.
 *
 * @throws CommandFailure when it cannot be opened.
 */
export async function openStore(place: string): Promise<OpenStore> {
  const scheme = /^(\w+):\/\//.exec(place)?.[1]
  if (scheme !== undefined && !/^(?:postgres(?:ql)?|rediss?)$/.test(scheme)) {
    throw new CommandFailure(
      `--store takes memory, a file, or a postgres:// or redis:// URL, not ${scheme}:// URLs`,
    )
  }
  try {
    return await open(place)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(`cannot open the store ${shown(place)}: ${reason}`, { cause: error })
  }
}
