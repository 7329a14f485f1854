/** @import { Entries } from './entries.js' */
/** @import { Parts } from './parts.js' */
import { pathOf } from './draw-lines.js'
import { readEntries } from './entries.js'
import { filterEntries, isMatch } from './filter-entries.js'
import { findParts } from './parts.js'
import { allLines, linesOf, reach } from './reach.js'

/**
 * The picture as somebody looks at it.
 *
 * @typedef {object} View
 * @property {Parts} parts The elements of the page.
 * @property {Entries} entries All of them.
 * @property {string | undefined} pointed The entry under the pointer, or with the focus.
 * @property {ReadonlySet<string>} shown The ids of those that the filters leave.
 * @property {boolean} isLarge Whether there are more lines than anybody could follow.
 * @property {boolean} isPlanned Whether the lines are about to be drawn.
 */

const mostLines = 120
const wide = matchMedia('(min-width: 48rem)')
const still = matchMedia('(prefers-reduced-motion: reduce)')

/** @type {(view: View) => string | undefined} */
const openedId = ({ parts }) => parts.columns.querySelector('details[open]')?.id

/** @type {(view: View) => string | undefined} */
function activeId(view) {
  const id = view.pointed ?? openedId(view)
  return id !== undefined && view.shown.has(id) ? id : undefined
}

/** @type {(view: View) => void} */
function drawLines(view) {
  const { parts, entries, shown, isLarge } = view
  const id = activeId(view)
  const background = isLarge ? [] : allLines(shown, entries)
  const chosen =
    id === undefined
      ? []
      : linesOf(id, entries).filter(([source, target]) => shown.has(source) && shown.has(target))
  const { columns } = parts
  parts.background.setAttribute('d', wide.matches ? pathOf(background, entries, columns) : '')
  parts.chosen.setAttribute('d', wide.matches ? pathOf(chosen, entries, columns) : '')
}

/** @type {(view: View) => void} */
function planLines(view) {
  if (view.isPlanned) return
  view.isPlanned = true
  requestAnimationFrame(() => {
    view.isPlanned = false
    drawLines(view)
  })
}

/** @type {(view: View) => void} */
function markEntries(view) {
  const { parts, entries, isLarge } = view
  const id = activeId(view)
  const { left, right } =
    id === undefined ? { left: new Set(), right: new Set() } : reach(id, entries)
  parts.root.classList.toggle('has-active', id !== undefined)
  for (const [each, { element }] of entries) {
    element.classList.toggle('active', each === id)
    element.classList.toggle('related', left.has(each) || right.has(each))
  }
  // Where not everything is in sight, what belongs to the opened entry comes to the top.
  parts.root.classList.toggle('sorted', isLarge && openedId(view) !== undefined)
}

/** @type {(view: View) => void} */
function update(view) {
  const { parts, entries, shown, isLarge } = view
  markEntries(view)
  drawLines(view)
  const number = shown.size === entries.size ? entries.size : `${shown.size} of ${entries.size}`
  const hint =
    isLarge && wide.matches && activeId(view) === undefined
      ? ' Point at one to see its connections.'
      : ''
  parts.status.textContent = `${number} entries.${hint}`
}

/** @type {(view: View) => void} */
function applyFilter(view) {
  const { parts, entries } = view
  const query = parts.search.value.trim().toLowerCase()
  const kinds = new Set(
    parts.boxes.flatMap(({ checked, dataset }) => (checked ? [dataset['show'] ?? ''] : [])),
  )
  view.shown = filterEntries({ query, client: parts.client.value, kinds }, entries)
  view.isLarge = allLines(view.shown, entries).length > mostLines
  for (const [id, entry] of entries) {
    entry.element.closest('li')?.toggleAttribute('hidden', !view.shown.has(id))
    entry.element.classList.toggle('match', query !== '' && isMatch(entry, query))
  }
  for (const group of parts.columns.querySelectorAll('.group')) {
    const count = group.querySelectorAll('li:not([hidden])').length
    group.querySelector('.count')?.replaceChildren(String(count))
    group.classList.toggle('empty', count === 0)
  }
  update(view)
}

/** @type {(id: string, view: View) => void} */
function bringRelated(id, { parts, entries, shown }) {
  const { left, right } = reach(id, entries)
  for (const list of parts.columns.querySelectorAll('ul')) {
    const [first] = [...list.querySelectorAll('details')]
      .filter((each) => shown.has(each.id) && (left.has(each.id) || right.has(each.id)))
      .map((each) => each.getBoundingClientRect().top)
      .toSorted((one, other) => one - other)
    if (first === undefined) continue
    const top = first - list.getBoundingClientRect().top - 4
    list.scrollBy({ top, behavior: still.matches ? 'auto' : 'smooth' })
  }
}

/** @type {(event: Event) => string | undefined} */
const entryAt = ({ target }) =>
  target instanceof Element ? target.closest('details')?.id : undefined

/** @type {(id: string | undefined, view: View) => void} */
function point(id, view) {
  if (id === view.pointed) return
  view.pointed = id
  update(view)
}

/** @type {(view: View) => void} */
function goToHash(view) {
  const { parts, entries } = view
  const id = location.hash.slice(1)
  const element = entries.get(id)?.element
  if (element === undefined) return
  if (!view.shown.has(id)) {
    parts.search.value = ''
    parts.client.value = ''
    for (const box of parts.boxes) box.checked = true
    applyFilter(view)
  }
  element.open = true
  element.scrollIntoView({ block: 'center' })
  element.querySelector('summary')?.focus({ preventScroll: true })
}

/** @type {(view: View) => void} */
function closeEntry(view) {
  const id = openedId(view)
  if (id !== undefined) view.entries.get(id)?.element.removeAttribute('open')
}

/** @type {(view: View) => void} */
function listen(view) {
  const { root, columns, filters } = view.parts
  const scrolling = { capture: true, passive: true }
  filters.addEventListener('input', () => applyFilter(view))
  columns.addEventListener('pointerover', (event) => point(entryAt(event), view))
  columns.addEventListener('pointerleave', () => point(undefined, view))
  columns.addEventListener('focusin', (event) => point(entryAt(event), view))
  columns.addEventListener('focusout', () => point(undefined, view))
  columns.addEventListener('scroll', () => planLines(view), scrolling)
  columns.addEventListener(
    'toggle',
    (event) => {
      const id = entryAt(event)
      update(view)
      if (id !== undefined && id === openedId(view)) bringRelated(id, view)
    },
    { capture: true },
  )
  root.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') closeEntry(view)
  })
  addEventListener('hashchange', () => goToHash(view))
  wide.addEventListener('change', () => update(view))
  new ResizeObserver(() => planLines(view)).observe(columns)
}

/**
 * Gives the picture lines, search and filters.
 *
 * @type {(root: HTMLElement) => void}
 */
export function enhancePicture(root) {
  const entries = readEntries(root)
  const parts = findParts(root)
  /** @type {View} */
  const view = {
    parts,
    entries,
    pointed: undefined,
    shown: new Set(entries.keys()),
    isLarge: false,
    isPlanned: false,
  }
  parts.filters.hidden = false
  listen(view)
  applyFilter(view)
  goToHash(view)
}
