import { pathBelow } from './section.js'
import type { Section } from './section.js'

/** A value and the names that lead to it. */
export interface Leaf {
  readonly steps: readonly string[]
  /** Absent for `null`. */
  readonly text?: string
}

/**
 * Makes sections of single values, as .NET does. Names that differ by case only are one, and what has no value, as an empty
 * list, is not there.
 */
export function sectionsFromLeaves(leaves: readonly Leaf[], path = ''): readonly Section[] {
  const groups = new Map<string, Leaf[]>()
  for (const leaf of leaves) {
    const [name] = leaf.steps
    if (name === undefined) continue
    const group = groups.get(name.toLowerCase())
    // Not copied for each leaf: a file of some megabytes would take minutes.
    if (group === undefined) groups.set(name.toLowerCase(), [leaf])
    else group.push(leaf)
  }
  return [...groups.values()].map((group) => {
    const name = group[0]?.steps[0] ?? ''
    const below = pathBelow(path, name)
    const text = group.find(({ steps }) => steps.length === 1)?.text
    const inner = group.map((leaf) => ({ ...leaf, steps: leaf.steps.slice(1) }))
    return {
      name,
      path: below,
      ...(text !== undefined && { text }),
      children: sectionsFromLeaves(inner, below),
    }
  })
}
