import { createHash } from 'node:crypto'
import type { Pool, QueryResult, QueryResultRow } from 'pg'
import type { Value } from './record-row.js'
import { isContention, retrying } from './retrying.js'
import { withConnection } from './with-connection.js'

/** Sends one statement, and gives its answer. */
export type Query = <Row extends QueryResultRow>(
  sql: string,
  values: readonly Value[],
) => Promise<QueryResult<Row>>

/** Sends statements, each under a name of its own where they are prepared, and again when others got in the way. */
export function createQuery(pool: Pool, isPrepared: boolean): Query {
  return <Row extends QueryResultRow>(text: string, values: readonly Value[]) => {
    const statement = {
      text,
      values: [...values],
      ...(isPrepared && { name: createHash('sha256').update(text).digest('base64url') }),
    }
    return retrying(() =>
      withConnection({
        pool,
        work: (client) => client.query<Row>(statement),
        isGoodAfter: isContention,
      }),
    )
  }
}
