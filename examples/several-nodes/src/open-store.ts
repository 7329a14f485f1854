import { env } from 'node:process'
import { createPostgresStore } from '@bailiwick/store-postgres'
import type { PostgresStore } from '@bailiwick/store-postgres'
import { createRedisStore } from '@bailiwick/store-redis'
import type { RedisStore } from '@bailiwick/store-redis'

const { DATABASE_URL = 'postgres://postgres@127.0.0.1:5432/postgres' } = env
const { REDIS_URL = 'redis://127.0.0.1:6379' } = env

/** Opens what the nodes share. Fails when it is not there, so that a node without a store takes no requests. */
export async function openStore(kind: string): Promise<PostgresStore | RedisStore> {
  if (kind === 'redis') {
    const store = createRedisStore({ url: REDIS_URL })
    await store.connect()
    return store
  }
  const store = createPostgresStore({ connectionString: DATABASE_URL })
  // Nodes that do it at the same time take each step once.
  await store.migrate()
  return store
}
