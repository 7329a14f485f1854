import { Pool } from 'pg'
import type { PoolConfig } from 'pg'

/** What a pool connects to. */
export interface PoolOptions {
  /**
   * `postgres://user:password@host:port/database`, encrypted with `?sslmode=verify-full`.
   *
   * @defaultValue the environment variables of PostgreSQL (`PGHOST`, `PGUSER` and so on)
   */
  readonly connectionString?: string
  /** Further settings of `pg`, such as `max`, the number of connections, and `ssl`. */
  readonly connection?: PoolConfig
}

/** How long a database may take. */
export interface Patience {
  /** Seconds until a connection has to be there. */
  readonly connecting: number
  /** Seconds in which a statement has to be answered. Without it: for ever. */
  readonly statement?: number
}

/**
 * Makes a pool of connections. One that does not answer in time is closed, and another takes its place. Nothing is asked
 * for at the start of a connection that a pooler could refuse, and the database knows none of these limits.
 */
export function createPool(
  { connectionString, connection }: PoolOptions,
  { connecting, statement }: Patience,
): Pool {
  const pool = new Pool({
    ...(connectionString !== undefined && { connectionString }),
    connectionTimeoutMillis: connecting * 1000,
    ...(statement !== undefined && { query_timeout: statement * 1000 }),
    // So that the death of a peer is noticed on connections on which nothing is asked.
    keepAlive: true,
    // An idle connection whose peer no longer answers must not keep the process from ending.
    allowExitOnIdle: true,
    ...connection,
  })
  // An idle connection that breaks is replaced; without a listener it would end the process.
  pool.on('error', () => undefined)
  return pool
}
