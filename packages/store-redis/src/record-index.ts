import type { Connection } from './create-connection.js'
import { dueUntil, readEntry, toIndexEntry, toQueueEntry } from './index-entry.js'
import type { EntryKeys } from './index-entry.js'
import type { Placement } from './record-value.js'
import { asTexts, queueScript } from './scripts.js'
import type { RunScript } from './scripts.js'

/** Writes and deletes the entries of records. */
export interface RecordIndex {
  /** Adds the entries of a record that is about to be written. */
  readonly add: (placement: Placement) => Promise<void>
  /** Deletes the entries of what is over. Never throws: later is fine, and so is not at all. */
  readonly drop: (placement: Placement) => Promise<void>
  /** Deletes about so many entries of what has expired. */
  readonly sweep: (limit: number) => Promise<void>
}

/** How to reach the entries, and which time it is. */
export interface IndexOptions extends Pick<Connection, 'send'> {
  readonly keys: EntryKeys
  readonly runScript: RunScript
  readonly now: () => number
}

/** Gives access to the entries of records. */
export function createRecordIndex({ keys, send, runScript, now }: IndexOptions): RecordIndex {
  async function dropNow(placement: Placement): Promise<void> {
    const entry = toIndexEntry(placement)
    await Promise.all(keys.indexes(placement).map((key) => send(key, ['ZREM', key, entry])))
    const queue = keys.queue(placement)
    await send(queue, ['ZREM', queue, toQueueEntry(placement)])
  }

  async function drop(placement: Placement): Promise<void> {
    try {
      await dropNow(placement)
    } catch {
      // What the caller wanted is done, and the queue still has the entries.
    }
  }

  /** Adds to the queue, and gives entries that are due. */
  async function enqueue(placement: Placement): Promise<readonly string[]> {
    const values = [dueUntil(now()), placement.expiresAt, toQueueEntry(placement)]
    return asTexts(await runScript(queueScript, keys.queue(placement), values))
  }

  return {
    async add(placement) {
      const entry = toIndexEntry(placement)
      const due = await enqueue(placement)
      await Promise.all(keys.indexes(placement).map((key) => send(key, ['ZADD', key, '0', entry])))
      for (const text of due) void drop(readEntry(text))
    },
    drop,
    async sweep(limit) {
      const until = String(dueUntil(now()))
      const most = String(Math.ceil(limit / keys.queues.length))
      const due = await Promise.all(
        keys.queues.map((key) =>
          send(key, ['ZRANGEBYSCORE', key, '-inf', until, 'LIMIT', '0', most]),
        ),
      )
      await Promise.all(due.flatMap(asTexts).map((text) => dropNow(readEntry(text))))
    },
  }
}
