/** @import { Entries, Entry } from './entries.js' */
import { words } from './entries.js'
import { reach } from './reach.js'

/**
 * What is to be shown.
 *
 * @typedef {object} Filter
 * @property {string} query In lower case.
 * @property {string} client The id of a client, or nothing.
 * @property {ReadonlySet<string>} kinds Those that are ticked.
 */

/**
 * Whether the search finds an entry.
 *
 * @type {(entry: Entry, query: string) => boolean}
 */
export const isMatch = ({ text }, query) => words(query).every((word) => text.includes(word))

/** @type {(id: string, entries: Entries) => readonly string[]} */
function withReach(id, entries) {
  const { left, right } = reach(id, entries)
  return [id, ...left, ...right]
}

/**
 * Finds what the filters leave and the search finds, with what that is connected to.
 *
 * @type {(filter: Filter, entries: Entries) => ReadonlySet<string>}
 */
export function filterEntries({ query, client, kinds }, entries) {
  const ofClient = new Set(client === '' ? entries.keys() : withReach(client, entries))
  const found = [...entries]
    .filter(([, entry]) => isMatch(entry, query))
    .flatMap(([id]) => (query === '' ? [id] : withReach(id, entries)))
  return new Set(found.filter((id) => ofClient.has(id) && kinds.has(entries.get(id)?.kind ?? '')))
}
