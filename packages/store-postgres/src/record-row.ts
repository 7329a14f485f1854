import type { JsonValue, RecordFilter, RecordKind, StoreRecord } from '@bailiwick/core'

/** A record as it stands in its row. */
export interface RecordRow {
  readonly kind: RecordKind
  readonly id: string
  readonly subject: string | null
  readonly client_id: string | null
  readonly session_id: string | null
  readonly family: string | null
  readonly expires_at: number
  readonly version: number
  readonly data: string
}

/** The columns in the order in which {@link toValues} gives their values. */
export const columns = [
  'kind',
  'id',
  'subject',
  'client_id',
  'session_id',
  'family',
  'expires_at',
  'version',
  'data',
] as const satisfies readonly (keyof RecordRow)[]

/** What a value of a row can be. */
export type Value = string | number | null

/** Writes a record as the values of a row. */
export function toValues(record: StoreRecord): readonly Value[] {
  const { kind, id, subject, clientId, sessionId, family, expiresAt, version, data } = record
  return [
    kind,
    id,
    subject ?? null,
    clientId ?? null,
    sessionId ?? null,
    family ?? null,
    expiresAt,
    version,
    JSON.stringify(data),
  ]
}

/** Reads a record from its row. */
export function toRecord(row: RecordRow): StoreRecord {
  const data: unknown = JSON.parse(row.data)
  return {
    kind: row.kind,
    id: row.id,
    ...(row.subject !== null && { subject: row.subject }),
    ...(row.client_id !== null && { clientId: row.client_id }),
    ...(row.session_id !== null && { sessionId: row.session_id }),
    ...(row.family !== null && { family: row.family }),
    expiresAt: row.expires_at,
    version: row.version,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what comes out of JSON.parse is JSON
    data: data as JsonValue,
  }
}

const columnOf = {
  kind: 'kind',
  subject: 'subject',
  clientId: 'client_id',
  sessionId: 'session_id',
  family: 'family',
} as const satisfies Record<keyof RecordFilter, keyof RecordRow>

/** One column, and what it has to be. */
export type Condition = readonly [column: string, value: string]

/** The conditions that a filter stands for. */
export function conditionsOf(filter: RecordFilter): readonly Condition[] {
  const conditions = Object.entries(columnOf).flatMap(([member, column]): readonly Condition[] => {
    const value: unknown = Reflect.get(filter, member)
    return typeof value === 'string' ? [[column, value]] : []
  })
  if (conditions.length === 0) {
    throw new TypeError('a filter needs a member: it would choose everything')
  }
  return conditions
}
