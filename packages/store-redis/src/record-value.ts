import type { JsonValue, RecordFilter, RecordKind, StoreRecord } from '@bailiwick/core'

/*
 * A record is a string under `<prefix>:record:<kind>:<id>`, which Redis lets expire. It has six lines:
 *
 *     <version> <expiry> <mark>
 *     <subject>
 *     <client>
 *     <session>
 *     <family>
 *     <data>
 *
 * The expiry is in seconds. It counts by the clock of the store, also where Redis still has the record: Redis is told how
 * long the record has left, not until when, because its own clock may be another. The mark is that
 * of the entries in `index-entry.ts`. The other lines are JSON, which has no line breaks of its own, and empty for what
 * is absent. A script can so read what it needs without a JSON parser, and the data come back as they were.
 */

const members = ['subject', 'clientId', 'sessionId', 'family'] as const

/** What a record is found by, besides its key: its four lines. */
export type MemberLines = readonly string[]

/** What the entries of a record are made of. One record has one placement at a time; no two have the same mark. */
export interface Placement {
  readonly kind: RecordKind
  readonly id: string
  readonly expiresAt: number
  readonly mark: string
  readonly lines: MemberLines
}

/** Writes the members of a record or filter: a line of JSON for each, empty when it is absent. */
export const memberLines = (chosen: Pick<StoreRecord, (typeof members)[number]>): MemberLines =>
  members.map((member) => {
    const value: unknown = chosen[member]
    return typeof value === 'string' ? JSON.stringify(value) : ''
  })

/** The members of a filter that are given, with their lines. A filter without any is a `TypeError`. */
export function conditionsOf(filter: RecordFilter): readonly (readonly [string, string])[] {
  const conditions = [
    ...(filter.kind === undefined ? [] : [['kind', filter.kind] as const]),
    ...namedLines(memberLines(filter)),
  ]
  if (conditions.length === 0) {
    throw new TypeError('a filter needs a member: it would choose everything')
  }
  return conditions
}

/** The lines that are not empty, each with the name of its member. */
export const namedLines = (lines: MemberLines): readonly (readonly [string, string])[] =>
  members.flatMap((member, index) => {
    const line = lines[index] ?? ''
    return line === '' ? [] : [[member, line] as const]
  })

/** Writes a record, whose entries have this mark. */
export const toValue = (record: StoreRecord, mark: string): string =>
  [
    `${record.version} ${record.expiresAt} ${mark}`,
    ...memberLines(record),
    JSON.stringify(record.data),
  ].join('\n')

type Key = Pick<StoreRecord, 'kind' | 'id'>

/** Reads where a record is placed, from its value or the first five lines of it. */
export function toPlacement({ kind, id }: Key, value: string): Placement {
  const [head = '', ...lines] = value.split('\n', 5)
  const [, expiresAt, mark = ''] = head.split(' ')
  return { kind, id, expiresAt: Number(expiresAt), mark, lines }
}

/** Reads a record from its value. */
export function toRecord({ kind, id }: Key, value: string): StoreRecord {
  const [head = '', ...lines] = value.split('\n')
  const [version, expiresAt] = head.split(' ')
  const given = namedLines(lines).map(([member, line]) => [member, JSON.parse(line)] as const)
  const data: unknown = JSON.parse(lines.at(-1) ?? '')
  return {
    kind,
    id,
    ...Object.fromEntries(given),
    expiresAt: Number(expiresAt),
    version: Number(version),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what comes out of JSON.parse is JSON
    data: data as JsonValue,
  }
}

/** Tells whether a record agrees with a filter. */
export const isChosen = (record: StoreRecord, filter: RecordFilter): boolean =>
  (filter.kind === undefined || filter.kind === record.kind) &&
  members.every((member) => filter[member] === undefined || filter[member] === record[member])
