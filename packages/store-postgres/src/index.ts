export { createPostgresStore } from './create-postgres-store.js'
export type { PostgresStore, PostgresStoreOptions } from './create-postgres-store.js'
export { migratePostgres } from './migrate.js'
export type { MigrationOptions } from './migrate.js'
