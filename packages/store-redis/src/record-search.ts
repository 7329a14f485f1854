import type { RecordFilter, Store, StoreRecord } from '@bailiwick/core'
import type { Entry } from './index-entry.js'
import type { RecordAccess } from './record-steps.js'
import { isChosen, memberLines, toPlacement, toRecord } from './record-value.js'
import { removeScript } from './scripts.js'

/** The methods of a store that are about all records which a filter chooses. */
export function recordSearch(access: RecordAccess): Pick<Store, 'removeAll' | 'list'> {
  const { send, runScript, index, walk, keyOf, now } = access

  /** The record of an entry, if there is one and it agrees with the filter. */
  async function read(entry: Entry, filter: RecordFilter): Promise<StoreRecord | undefined> {
    const value = await send(keyOf(entry), ['GET', keyOf(entry)])
    if (typeof value !== 'string') return undefined
    const record = toRecord(entry, value)
    return record.expiresAt > now() && isChosen(record, filter) ? record : undefined
  }

  /** Deletes the record of an entry, if its members still agree with the filter, and tells how many that were. */
  async function remove(entry: Entry, filter: RecordFilter): Promise<number> {
    const former = await runScript(removeScript, keyOf(entry), [now(), ...memberLines(filter)])
    if (typeof former !== 'string') return 0
    await index.drop(toPlacement(entry, former))
    return 1
  }

  return {
    async removeAll(filter) {
      let count = 0
      for await (const entries of walk({ filter })) {
        const counts = await Promise.all(entries.map((each) => remove(each, filter)))
        count += counts.reduce((sum, each) => sum + each, 0)
      }
      return count
    },
    async list(filter, { limit, after }) {
      const found: { readonly name: string; readonly record: StoreRecord }[] = []
      for await (const entries of walk({ filter, after })) {
        const records = await Promise.all(entries.map((each) => read(each, filter)))
        for (const [place, record] of records.entries()) {
          const name = entries[place]?.name
          if (record !== undefined && name !== undefined) found.push({ name, record })
        }
        // One more than was asked for tells that this is not the last part.
        if (found.length > limit) break
      }
      const given = found.slice(0, limit)
      const next = found.length > limit ? given.at(-1)?.name : undefined
      return { records: given.map(({ record }) => record), ...(next !== undefined && { next }) }
    },
  }
}
