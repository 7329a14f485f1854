import type { RecordFilter, RecordPage, Store, StoreRecord } from '@bailiwick/core'
import type { Query } from './create-query.js'
import { columns, conditionsOf, toRecord } from './record-row.js'
import type { RecordRow, Value } from './record-row.js'

/** How many records one statement removes, so that none of them takes long. Most of the time it is one statement. */
const most = 1000

const list = columns.join(', ')

type Key = Pick<StoreRecord, 'kind' | 'id'>

/** Where a list goes on, as text. */
const keyOf = ({ kind, id }: Key): string => JSON.stringify([kind, id])

function readKey(after: string | undefined): readonly Value[] {
  const key: unknown = after === undefined ? ['', ''] : JSON.parse(after)
  return Array.isArray(key) ? key.map(String) : ['', '']
}

function pageOf(rows: readonly RecordRow[], limit: number): RecordPage {
  const records = rows.slice(0, limit).map(toRecord)
  const last = records.at(-1)
  return { records, ...(rows.length > limit && last !== undefined && { next: keyOf(last) }) }
}

/** A part of what agrees with a filter: the first so many after a key, in the order of keys. */
interface Part {
  readonly filter: RecordFilter
  readonly time: number
  readonly after: string | undefined
  readonly limit: number
}

function selectPart({ filter, time, after, limit }: Part): {
  readonly sql: string
  readonly values: readonly Value[]
} {
  const conditions = conditionsOf(filter)
  const sql = conditions.map(([column], index) => `${column} = $${index + 1}`).join(' AND ')
  const [now, kind, id, count] = [1, 2, 3, 4].map((index) => `$${conditions.length + index}`)
  return {
    sql: `WHERE ${sql} AND expires_at > ${now} AND (kind, id) > (${kind}, ${id}) ORDER BY kind, id LIMIT ${count}`,
    values: [...conditions.map(([, value]) => value), time, ...readKey(after), limit],
  }
}

interface Removal {
  readonly count: number
  readonly last: Key | undefined
}

/** Removes a part. The row that is read stands for all of them: the last, and how many there were. */
async function removePart(table: string, query: Query, part: Part): Promise<Removal> {
  const { sql, values } = selectPart(part)
  const {
    rows: [last],
  } = await query<Key & { readonly count: number }>(
    `WITH gone AS (
       DELETE FROM ${table} WHERE (kind, id) IN (SELECT kind, id FROM ${table} ${sql} FOR UPDATE)
       RETURNING kind, id
     )
     SELECT kind, id, (count(*) OVER ())::integer AS count FROM gone ORDER BY kind DESC, id DESC LIMIT 1`,
    values,
  )
  return { count: last?.count ?? 0, last }
}

/**
 * The part of the store that chooses records by their members. Its statements are not for preparing: which way is the
 * shortest depends on how many records a client, user or session has.
 */
export function createFiltered(
  table: string,
  query: Query,
  now: () => number,
): Pick<Store, 'removeAll' | 'list'> {
  return {
    async removeAll(filter) {
      const time = now()
      let sum = 0
      let after: string | undefined
      for (;;) {
        // oxlint-disable-next-line no-await-in-loop -- a part begins where the one before it ended
        const { count, last } = await removePart(table, query, { filter, time, after, limit: most })
        sum += count
        if (count < most || last === undefined) return sum
        after = keyOf(last)
      }
    },
    async list(filter, { limit, after }) {
      const { sql, values } = selectPart({ filter, time: now(), after, limit: limit + 1 })
      const { rows } = await query<RecordRow>(`SELECT ${list} FROM ${table} ${sql}`, values)
      return pageOf(rows, limit)
    },
  }
}
