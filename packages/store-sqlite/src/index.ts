export { createSqliteStore } from './create-sqlite-store.js'
export type { SqliteStore, SqliteStoreOptions } from './create-sqlite-store.js'
export { migrateSqlite } from './migrate-sqlite.js'
