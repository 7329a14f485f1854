export { createRedisStore } from './create-redis-store.js'
export type { RedisStore, RedisStoreOptions } from './create-redis-store.js'
