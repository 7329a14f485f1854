/** @import { Entries, Entry } from './entries.js' */
/** @import { Line } from './reach.js' */

/**
 * Where a line meets an entry. One that is scrolled away is met where it went.
 *
 * @type {(entry: Entry, origin: DOMRect) => { left: number, right: number, y: number, isSeen: boolean }}
 */
function placeOf({ element }, origin) {
  const box = (element.querySelector('summary') ?? element).getBoundingClientRect()
  const list = element.closest('ul')?.getBoundingClientRect() ?? origin
  const middle = box.top + box.height / 2
  const y = Math.min(Math.max(middle, list.top), list.bottom)
  return {
    left: box.left - origin.left,
    right: box.right - origin.left,
    y: y - origin.top,
    isSeen: y === middle,
  }
}

/**
 * Writes lines as the path of an SVG. They bend in the first space between columns, and go on straight where they pass
 * one.
 *
 * @type {(lines: readonly Line[], entries: Entries, columns: Element) => string}
 */
export function pathOf(lines, entries, columns) {
  const origin = columns.getBoundingClientRect()
  const space = Number.parseFloat(getComputedStyle(columns).columnGap)
  return lines
    .map(([source, target]) => {
      const start = entries.get(source)
      const end = entries.get(target)
      if (start === undefined || end === undefined) return ''
      const from = placeOf(start, origin)
      const to = placeOf(end, origin)
      if (!from.isSeen && !to.isSeen) return ''
      const bend = Math.min(from.right + space, to.left)
      const middle = (from.right + bend) / 2
      return `M${from.right} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${bend} ${to.y}H${to.left}`
    })
    .join('')
}
