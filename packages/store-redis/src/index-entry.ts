import { randomBytes } from 'node:crypto'
import type { StoreRecord } from '@bailiwick/core'
import { memberLines, namedLines } from './record-value.js'
import type { Placement } from './record-value.js'

/*
 * What records are found by, besides their key:
 *
 *     <prefix>:by:<member>:<value>    a sorted set for each value of kind, subject, clientId, sessionId and family,
 *                                     with an entry `<kind> <id> NUL <mark> <expiry>` for each record that has it
 *     <prefix>:expiring:<0 to f>      sorted sets by expiry of all entries, each with the members of its record: the queue
 *
 * In a cluster these keys lie anywhere, so no step changes both them and a record. Instead the entries are written before
 * the record, and whoever finds an entry looks at the record: an entry may be wrong, but no record is without its own.
 *
 * Each placement of a record has entries of its own, told apart by a random mark. So whoever knows that a placement is
 * over, because it has expired or somebody has taken, moved or removed it, or has not written it after all, deletes its
 * entries at any time, and can never delete those of a record that comes into its place. What is left because nobody did
 * (a record has expired, a process has died) is in the queue: whenever entries are written, two that are due go, and
 * `removeExpired` deletes more. So the queue is written first, and deleted from last.
 */

/**
 * Seconds for which entries stay after their record has expired: the clocks of two processes that share a store may
 * differ by so much.
 */
const grace = 60

/** What expires until then can be deleted, at a time. */
export const dueUntil = (time: number): number => time - grace

/** What an entry tells: where a record is, or was, and its name in the order of kind and id. */
export interface Entry extends Placement {
  readonly name: string
}

/** The names of the keys that entries are in. */
export interface EntryKeys {
  readonly index: (member: string, line: string) => string
  /** The indexes that a record is in. */
  readonly indexes: (placement: Placement) => readonly string[]
  /** The part of the queue that a record is in. */
  readonly queue: (placement: Pick<Placement, 'mark'>) => string
  readonly queues: readonly string[]
}

/** Places a record that is about to be written. */
export const place = (record: StoreRecord): Placement => ({
  kind: record.kind,
  id: record.id,
  expiresAt: record.expiresAt,
  mark: randomBytes(12).toString('hex'),
  lines: memberLines(record),
})

/** Writes an entry of an index. */
export const toIndexEntry = ({ kind, id, mark, expiresAt }: Placement): string =>
  `${kind} ${id}\0${mark} ${expiresAt}`

/** Writes an entry of the queue. */
export const toQueueEntry = (placement: Placement): string =>
  [toIndexEntry(placement), ...placement.lines].join('\n')

/** Reads an entry, that of an index without members. */
export function readEntry(text: string): Entry {
  const end = text.lastIndexOf('\0')
  const name = text.slice(0, end)
  const space = name.indexOf(' ')
  const [head = '', ...lines] = text.slice(end + 1).split('\n')
  const [mark = '', expiresAt] = head.split(' ')
  return {
    name,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it was written from that of a record
    kind: name.slice(0, space) as StoreRecord['kind'],
    id: name.slice(space + 1),
    mark,
    expiresAt: Number(expiresAt),
    lines,
  }
}

/** Names the keys below a prefix. */
export function entryKeys(prefix: string): EntryKeys {
  const index = (member: string, line: string): string => `${prefix}:by:${member}:${line}`
  const queue = ({ mark }: Pick<Placement, 'mark'>): string => `${prefix}:expiring:${mark[0] ?? ''}`
  return {
    index,
    indexes: ({ kind, lines }) => [
      index('kind', kind),
      ...namedLines(lines).map(([member, line]) => index(member, line)),
    ],
    queue,
    queues: Array.from({ length: 16 }, (_, digit) => queue({ mark: digit.toString(16) })),
  }
}
