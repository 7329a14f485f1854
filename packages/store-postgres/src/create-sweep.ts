import { createHash } from 'node:crypto'
import type { Store } from '@bailiwick/core'
import type { Query } from './create-query.js'
import { isAbsent } from './is-absent.js'

/** What is swept, with what, and by which clock. */
export interface SweepOptions {
  readonly table: string
  readonly query: Query
  readonly now: () => number
}

interface Sweep {
  readonly count: number
  /** When the last of them expired; `null` when there was none. */
  readonly last: number | null
}

/**
 * Conditions without a column are looked at once, before the first row, and last as long as the transaction, which is the
 * statement. The first gives nothing to do to all but one. The second does not wait until the disk has it: what comes
 * back after a crash had expired before, and is removed again.
 */
const alone = `AND (SELECT pg_try_advisory_xact_lock($4))
  AND (SELECT set_config('synchronous_commit', 'off', true)) = 'off'`

/** Rows that somebody is writing to are left to the next sweep. */
const sweepOf = (table: string, condition: string): string => `WITH gone AS (
    DELETE FROM ${table} WHERE (kind, id) IN (
      SELECT kind, id FROM ${table}
      WHERE expires_at <= $1 AND expires_at >= $2 ${condition}
      ORDER BY expires_at LIMIT $3 FOR UPDATE SKIP LOCKED
    )
    RETURNING expires_at
  )
  SELECT count(*)::integer AS count, max(expires_at) AS last FROM gone`

/** The number of the lock of a table: the same for all who sweep it, and not likely that of another. */
const lockOf = (table: string): string =>
  createHash('sha256').update(`sweep ${table}`).digest().readBigInt64BE().toString()

/**
 * Deletes what has expired, a batch for each call. One process at a time: the others find nothing to do. Where
 * a database has no such locks, they share the work.
 */
export function createSweep({ table, query, now }: SweepOptions): Store['removeExpired'] {
  const lock = lockOf(table)
  // A batch begins where the one before it ended, and so does not go over what that left for the database to clean up.
  let from = -Infinity

  async function sweep(limit: number): Promise<Sweep | undefined> {
    const values = [now(), from, limit]
    try {
      return (await query<Sweep>(sweepOf(table, alone), [...values, lock])).rows[0]
    } catch (error) {
      if (!isAbsent(error)) throw error
      return (await query<Sweep>(sweepOf(table, ''), values)).rows[0]
    }
  }

  return async (limit) => {
    const { count, last } = (await sweep(limit)) ?? { count: 0, last: null }
    from = count < limit ? -Infinity : (last ?? -Infinity)
    return count
  }
}
