import type { RecordFilter } from '@bailiwick/core'
import { dueUntil, readEntry } from './index-entry.js'
import type { Entry } from './index-entry.js'
import type { IndexOptions } from './record-index.js'
import { conditionsOf } from './record-value.js'
import { asTexts } from './scripts.js'

/** Which records to look for. */
export interface Search {
  readonly filter: RecordFilter
  /** The name of the record after which to begin. */
  readonly after?: string | undefined
}

/** How many entries to read at once. */
const batchSize = 100

/** Where the entries lie: a NUL ends each name, and comes before everything that a longer name could go on with. */
const boundsOf = ({ filter: { kind }, after }: Search): readonly [string, string] => {
  const first = kind === undefined ? '-' : `[${kind} `
  return [
    after === undefined ? first : `[${after}\u0001`,
    // The character after the space.
    kind === undefined ? '+' : `(${kind}!`,
  ]
}

/** Leaves out names that have come before: a record that is being moved has entries of before and after. */
const distinct = (entries: readonly Entry[], last: string | undefined): readonly Entry[] =>
  entries.filter(({ name }, index) => name !== (entries[index - 1]?.name ?? last))

/** The index with the fewest entries of those that have all records which a filter chooses. */
async function narrowest(filter: RecordFilter, { keys, send }: IndexOptions): Promise<string> {
  const indexes = conditionsOf(filter).map(([member, line]) => keys.index(member, line))
  const [only = ''] = indexes
  if (indexes.length === 1) return only
  const sizes = await Promise.all(indexes.map((key) => send(key, ['ZCARD', key])))
  return indexes[sizes.indexOf(Math.min(...sizes.map(Number)))] ?? only
}

/** Deletes entries that are due from the index in which they were met. The queue has them too, so this may fail. */
function dropDue(key: string, texts: readonly string[], { send, now }: IndexOptions): void {
  const due = texts.filter((text) => readEntry(text).expiresAt <= dueUntil(now()))
  if (due.length > 0) send(key, ['ZREM', key, ...due]).catch(() => undefined)
}

/**
 * Gives the names of records that agree with a filter, or did; in their kind they do.
 *
 * @yields them in their order, each once, in batches.
 */
export async function* walkIndex(
  search: Search,
  options: IndexOptions,
): AsyncGenerator<readonly Entry[], void> {
  const key = await narrowest(search.filter, options)
  const [first, end] = boundsOf(search)
  let start = first
  let last: string | undefined
  let texts: readonly string[]
  do {
    const range = ['ZRANGEBYLEX', key, start, end, 'LIMIT', '0', String(batchSize)]
    // oxlint-disable-next-line no-await-in-loop -- a batch begins where the one before it ended
    texts = asTexts(await options.send(key, range))
    dropDue(key, texts, options)
    const entries = distinct(texts.map(readEntry), last)
    yield entries
    last = entries.at(-1)?.name ?? last
    start = `(${texts.at(-1) ?? ''}`
  } while (texts.length === batchSize)
}
