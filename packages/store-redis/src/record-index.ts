import { randomBytes } from 'node:crypto'
import type { RecordFilter, StoreRecord } from '@bailiwick/core'
import type { Connection } from './create-connection.js'
import { conditionsOf, memberLines, namedLines } from './record-value.js'
import type { Placement } from './record-value.js'
import { queueScript } from './scripts.js'
import type { RunScript } from './scripts.js'

/*
 * What records are found by, besides their key:
 *
 *     <prefix>:by:<member>:<value>    a sorted set for each value of kind, subject, clientId, sessionId and family,
 *                                     with an entry `<kind> <id> NUL <mark> <expiry>` for each record that has it
 *     <prefix>:expiring:<0 to f>      a sorted set by expiry of all entries, each with the members of its record
 *
 * In a cluster these keys lie anywhere, so no step changes both them and a record. Instead the entries are written before
 * the record, and whoever finds an entry looks at the record: an entry may be wrong, but no record is without its own.
 * Each placement of a record has entries of its own, told apart by a random mark. So whoever knows that a placement is
 * over, because it has expired or somebody has taken, moved or removed it, or has not written it after all, can delete
 * its entries at any time, and can never delete those of a record that came or comes into its place.
 *
 * What is left when nobody does so (a process has died, a record has expired) is in the queue: each entry that is written
 * deletes two that are due, and `removeExpired` deletes more.
 */

/** A place in an index: which records it is about. */
export interface Candidate {
  /** Kind and id, in the order of the index. */
  readonly name: string
  readonly key: Pick<StoreRecord, 'kind' | 'id'>
}

/** The entries of records that agree with a filter, or did. */
export interface Walk {
  readonly filter: RecordFilter
  /** The name after which to begin. */
  readonly after?: string | undefined
}

/** Writes, reads and deletes the entries of records. */
export interface RecordIndex {
  /** Must be done before the record is written. */
  readonly add: (placement: Placement) => Promise<void>
  /** Deletes the entries of what is over. Later is fine, and so is never: an error is no reason to fail. */
  readonly drop: (placement: Placement) => Promise<void>
  /** Gives the candidates in their order, each once, in batches. */
  readonly walk: (walk: Walk) => AsyncGenerator<readonly Candidate[], void>
  readonly sweep: (limit: number) => Promise<void>
}

/** How to reach the server, and which time it is. */
export interface IndexOptions extends Pick<Connection, 'send'> {
  readonly prefix: string
  readonly runScript: RunScript
  readonly now: () => number
}

/** How many entries to read at once. */
const batchSize = 100

/**
 * Seconds for which an entry stays after its record has expired: the clocks of two processes that share a store may
 * differ by so much.
 */
const grace = 60

const shards = [...'0123456789abcdef']

/** Places a record that is about to be written. */
export const place = (record: StoreRecord): Placement => ({
  kind: record.kind,
  id: record.id,
  expiresAt: record.expiresAt,
  mark: randomBytes(12).toString('hex'),
  lines: memberLines(record),
})

const entryOf = ({ kind, id, mark, expiresAt }: Placement): string =>
  `${kind} ${id}\0${mark} ${expiresAt}`

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `place` has written it from a record
const kindOf = (name: string) => name.slice(0, name.indexOf(' ')) as StoreRecord['kind']

/** Reads an entry, with or without members after it. */
function readEntry(text: string): Placement & Candidate {
  const end = text.lastIndexOf('\0')
  const name = text.slice(0, end)
  const key = { kind: kindOf(name), id: name.slice(name.indexOf(' ') + 1) }
  const [head = '', ...lines] = text.slice(end + 1).split('\n')
  const [mark = '', expiresAt] = head.split(' ')
  return { name, key, ...key, mark, expiresAt: Number(expiresAt), lines }
}

const asTexts = (answer: unknown): readonly string[] =>
  Array.isArray(answer) ? answer.map(String) : []

/** Where the entries of a filter begin and end: a NUL ends each name, and comes before everything that could go on. */
const boundsOf = ({ filter: { kind }, after }: Walk): readonly [string, string] => {
  const first = kind === undefined ? '-' : `[${kind} `
  return [
    after === undefined ? first : `[${after}\u0001`,
    // The character after the space.
    kind === undefined ? '+' : `(${kind}!`,
  ]
}

/** Leaves out candidates that have come before: a record that is being replaced has entries from before and after. */
const distinct = (candidates: readonly Candidate[], last: string | undefined) =>
  candidates.filter(({ name }, index) => name !== (candidates[index - 1]?.name ?? last))

/** Gives access to the entries of records. */
export function createRecordIndex({ prefix, send, runScript, now }: IndexOptions): RecordIndex {
  const indexKey = (member: string, line: string): string => `${prefix}:by:${member}:${line}`
  const indexKeys = ({ kind, lines }: Placement): readonly string[] => [
    indexKey('kind', kind),
    ...namedLines(lines).map(([member, line]) => indexKey(member, line)),
  ]
  const queueKey = (shard: string): string => `${prefix}:expiring:${shard}`

  async function dropNow(placement: Placement): Promise<void> {
    const entry = entryOf(placement)
    await Promise.all(indexKeys(placement).map((key) => send(key, ['ZREM', key, entry])))
    // Last, because it is what says that there is something to delete.
    const key = queueKey(placement.mark.slice(0, 1))
    await send(key, ['ZREM', key, [entry, ...placement.lines].join('\n')])
  }

  async function drop(placement: Placement): Promise<void> {
    try {
      await dropNow(placement)
    } catch {
      // What the caller has done is done. The queue still knows of these entries.
    }
  }

  async function enqueue(placement: Placement): Promise<readonly string[]> {
    const text = [entryOf(placement), ...placement.lines].join('\n')
    const key = queueKey(placement.mark.slice(0, 1))
    return asTexts(await runScript(queueScript, key, [now() - grace, placement.expiresAt, text]))
  }

  /** The index with the fewest entries of those that have all records which a filter chooses. */
  async function narrowest(filter: RecordFilter): Promise<string> {
    const keys = conditionsOf(filter).map(([member, line]) => indexKey(member, line))
    const [only = ''] = keys
    if (keys.length === 1) return only
    const sizes = await Promise.all(keys.map((key) => send(key, ['ZCARD', key])))
    return keys[sizes.indexOf(Math.min(...sizes.map(Number)))] ?? only
  }

  /** Deletes, of the entries that were read, those that are due, and gives the others. */
  function leaveOutDue(key: string, entries: readonly string[]): readonly Candidate[] {
    const due = entries.filter((entry) => readEntry(entry).expiresAt <= now() - grace)
    if (due.length > 0) send(key, ['ZREM', key, ...due]).catch(() => undefined)
    return entries.filter((entry) => !due.includes(entry)).map(readEntry)
  }

  return {
    async add(placement) {
      const entry = entryOf(placement)
      const [due] = await Promise.all([
        enqueue(placement),
        ...indexKeys(placement).map((key) => send(key, ['ZADD', key, '0', entry])),
      ])
      for (const text of due) void drop(readEntry(text))
    },
    drop,
    async *walk(walk) {
      const key = await narrowest(walk.filter)
      const [first, end] = boundsOf(walk)
      let start = first
      let last: string | undefined
      let entries: readonly string[]
      do {
        const range = ['ZRANGEBYLEX', key, start, end, 'LIMIT', '0', String(batchSize)]
        // oxlint-disable-next-line no-await-in-loop -- a batch begins where the one before it ended
        entries = asTexts(await send(key, range))
        const candidates = distinct(leaveOutDue(key, entries), last)
        yield candidates
        last = candidates.at(-1)?.name ?? last
        start = `(${entries.at(-1) ?? ''}`
      } while (entries.length === batchSize)
    },
    async sweep(limit) {
      const most = String(Math.ceil(limit / shards.length))
      const due = await Promise.all(
        shards.map((shard) => {
          const key = queueKey(shard)
          const until = String(now() - grace)
          return send(key, ['ZRANGEBYSCORE', key, '-inf', until, 'LIMIT', '0', most])
        }),
      )
      await Promise.all(due.flatMap(asTexts).map((text) => dropNow(readEntry(text))))
    },
  }
}
