/**
 * The elements of the picture.
 *
 * @typedef {object} Parts
 * @property {HTMLElement} root All of it.
 * @property {HTMLElement} columns Where the entries are.
 * @property {HTMLElement} filters What is hidden without a script.
 * @property {HTMLElement} status Says how many entries are shown.
 * @property {HTMLInputElement} search The field to search in.
 * @property {HTMLSelectElement} client The choice of one client.
 * @property {readonly HTMLInputElement[]} boxes The choice of kinds.
 * @property {SVGPathElement} background Where the lines between all entries are drawn.
 * @property {SVGPathElement} chosen Where those of one entry are drawn.
 */

/**
 * @template {Element} Kind
 * @param {Element} root
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
function need(root, selector, kind) {
  const found = root.querySelector(selector)
  if (found instanceof kind) return found
  throw new TypeError(`the picture has no ${selector}`)
}

/**
 * Finds the elements of the picture.
 *
 * @type {(root: HTMLElement) => Parts}
 */
export const findParts = (root) => ({
  root,
  columns: need(root, '.columns', HTMLElement),
  filters: need(root, '.filters', HTMLElement),
  status: need(root, '.state', HTMLElement),
  search: need(root, '[data-search]', HTMLInputElement),
  client: need(root, '[data-client]', HTMLSelectElement),
  boxes: [...root.querySelectorAll('[data-show]')].filter(
    (each) => each instanceof HTMLInputElement,
  ),
  background: need(root, '.edge', SVGPathElement),
  chosen: need(root, '.edge.chosen', SVGPathElement),
})
