import type { Store, StoreRecord } from '@bailiwick/core'
import type { Connection } from './create-connection.js'
import { place } from './index-entry.js'
import type { Entry } from './index-entry.js'
import type { RecordIndex } from './record-index.js'
import { memberLines, toPlacement, toRecord, toValue } from './record-value.js'
import { insertScript, replaceScript, takeScript } from './scripts.js'
import type { RunScript } from './scripts.js'
import type { Search } from './walk-index.js'

/** How to reach records, and which time it is. */
export interface RecordAccess extends Pick<Connection, 'send'> {
  readonly runScript: RunScript
  readonly index: RecordIndex
  /** Gives the entries of records that may agree with a filter. */
  readonly walk: (search: Search) => AsyncIterable<readonly Entry[]>
  readonly keyOf: (record: Pick<StoreRecord, 'kind' | 'id'>) => string
  readonly now: () => number
}

/** Milliseconds until a record expires, rounded up; '' when Redis cannot count so far. */
function lifetimeOf({ expiresAt }: Pick<StoreRecord, 'expiresAt'>, now: number): string {
  const lifetime = Math.ceil((expiresAt - now) * 1000)
  return lifetime > Number.MAX_SAFE_INTEGER ? '' : String(lifetime)
}

/** The methods of a store that are about one record. */
export function recordSteps(
  access: RecordAccess,
): Pick<Store, 'insert' | 'find' | 'take' | 'replace'> {
  const { send, runScript, index, keyOf, now } = access

  /** Gives the value that was replaced, or 'moved' when it needs entries, and so a mark, for what comes. */
  const write = (record: StoreRecord, mark: string): Promise<unknown> => {
    const { version, expiresAt, data } = record
    return runScript(replaceScript, keyOf(record), [
      now(),
      version,
      lifetimeOf(record, now()),
      version + 1,
      expiresAt,
      mark,
      memberLines(record).join('\n'),
      JSON.stringify(data),
    ])
  }

  /** Replaces a record that will be found by something else than before. */
  async function move(record: StoreRecord): Promise<boolean> {
    const placement = place(record)
    await index.add(placement)
    const former = await write(record, placement.mark)
    const isMoved = typeof former === 'string'
    void index.drop(isMoved ? toPlacement(record, former) : placement)
    return isMoved
  }

  return {
    async insert(record) {
      const placement = place({ ...record, version: 0 })
      await index.add(placement)
      const value = toValue({ ...record, version: 0 }, placement.mark)
      const values = [now(), value, lifetimeOf(record, now())]
      const isInserted = (await runScript(insertScript, keyOf(record), values)) === 1
      if (!isInserted) void index.drop(placement)
      return isInserted
    },
    async find(kind, id) {
      const key = keyOf({ kind, id })
      const value = await send(key, ['GET', key])
      const record = typeof value === 'string' ? toRecord({ kind, id }, value) : undefined
      return record !== undefined && record.expiresAt > now() ? record : undefined
    },
    async take(kind, id) {
      const value = await runScript(takeScript, keyOf({ kind, id }), [now()])
      if (typeof value !== 'string') return undefined
      void index.drop(toPlacement({ kind, id }, value))
      return toRecord({ kind, id }, value)
    },
    async replace(record) {
      const former = await write(record, '')
      return former === 'moved' ? move(record) : typeof former === 'string'
    },
  }
}
