/** @import { Entries } from './entries.js' */

/**
 * What an entry is connected to, on either side.
 *
 * @typedef {object} Reach
 * @property {ReadonlySet<string>} left What leads to it.
 * @property {ReadonlySet<string>} right What it leads to.
 */

/**
 * A line from one entry to another.
 *
 * @typedef {readonly [source: string, target: string]} Line
 */

/**
 * Finds everything on the way from an entry to one side.
 *
 * @type {(start: string, next: (id: string) => readonly string[]) => Set<string>}
 */
function follow(start, next) {
  /** @type {Set<string>} */
  const found = new Set()
  const open = [...next(start)]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    open.push(...next(id))
  }
  return found
}

/** @type {(id: string) => boolean} */
const isApi = (id) => id.startsWith('apiResources-')

/**
 * Finds what an entry is connected to. A client that is only for some APIs does not reach the others.
 *
 * @type {(id: string, entries: Entries) => Reach}
 */
export function reach(id, entries) {
  const only = entries.get(id)?.only
  const right = follow(id, (each) =>
    (entries.get(each)?.to ?? []).filter(
      (next) => only === undefined || !isApi(next) || only.has(next),
    ),
  )
  const left = follow(id, (each) => entries.get(each)?.from ?? [])
  const isKept = (/** @type {string} */ each) =>
    !isApi(id) || entries.get(each)?.only?.has(id) !== false
  return { left: new Set([...left].filter(isKept)), right }
}

/**
 * The lines between an entry and what it is connected to.
 *
 * @type {(id: string, entries: Entries) => readonly Line[]}
 */
export function linesOf(id, entries) {
  const { left, right } = reach(id, entries)
  const towards = new Set([...left, id])
  return [id, ...right, ...left].flatMap((source) => {
    const side = left.has(source) ? towards : right
    return (entries.get(source)?.to ?? [])
      .filter((target) => side.has(target))
      .map((target) => /** @type {const} */ ([source, target]))
  })
}

/**
 * All lines between entries that are shown.
 *
 * @type {(shown: ReadonlySet<string>, entries: Entries) => readonly Line[]}
 */
export const allLines = (shown, entries) =>
  [...shown].flatMap((source) =>
    (entries.get(source)?.to ?? [])
      .filter((target) => shown.has(target))
      .map((target) => /** @type {const} */ ([source, target])),
  )
