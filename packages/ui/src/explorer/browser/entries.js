/**
 * An entry of the configuration and what it is connected to.
 *
 * @typedef {object} Entry
 * @property {HTMLDetailsElement} element Where it stands in the page.
 * @property {string} kind Whether it is a client, a scope and so on.
 * @property {string} text What is searched, in lower case.
 * @property {readonly string[]} to The ids of those that it leads to.
 * @property {string[]} from The ids of those that lead to it.
 * @property {Set<string> | undefined} only The API resources that a client may have tokens for.
 */

/** @typedef {ReadonlyMap<string, Entry>} Entries */

/**
 * The words of a text.
 *
 * @type {(text?: string) => string[]}
 */
export const words = (text = '') => text.split(' ').filter((word) => word !== '')

/** @type {(element: HTMLDetailsElement) => Entry} */
function readEntry(element) {
  const { kind = '', to, only } = element.dataset
  return {
    element,
    kind,
    text: element.querySelector('summary')?.textContent.toLowerCase() ?? '',
    to: words(to),
    from: [],
    only: only === undefined ? undefined : new Set(words(only)),
  }
}

/**
 * Reads the entries from the page, by their ids.
 *
 * @type {(root: Element) => Entries}
 */
export function readEntries(root) {
  /** @type {Map<string, Entry>} */
  const entries = new Map()
  for (const element of root.querySelectorAll('details')) {
    entries.set(element.id, readEntry(element))
  }
  for (const [id, { to }] of entries) {
    for (const target of to) entries.get(target)?.from.push(id)
  }
  return entries
}
