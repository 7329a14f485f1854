import { likenessOf } from './likeness.js'
import type { Reading } from './likeness.js'

/** Two names that people take for each other. */
export interface AlikePair<Named extends Reading> {
  readonly earlier: Named
  readonly later: Named
  /** In what they are alike: the end of a sentence that begins with both. */
  readonly likeness: string
}

/** Odd, so that no power of it is 0 in 32 bits. */
const base = 0x9e_37_79_b1

/** The sum of all characters, each times a power of the base by its place. */
function hashOf(text: string): number {
  let hash = 0
  for (let index = text.length - 1; index >= 0; index -= 1) {
    hash = (Math.imul(hash, base) + text.charCodeAt(index)) | 0
  }
  return hash
}

/**
 * Hashes of a name, and of what is left of it without each of its characters but digits, which no slip is about. Names
 * that are one slip apart have one in common, because what was typed wrong is left out of both.
 */
function slipKeys(name: string): ReadonlySet<number> {
  const keys = new Set([hashOf(name)])
  // To leave out the next character instead of this one changes what stands at this place, and nothing else.
  let without = hashOf(name.slice(1))
  let power = 1
  for (let index = 0; index < name.length; index += 1) {
    if (!/\d/.test(name.charAt(index))) keys.add(without)
    const change = name.charCodeAt(index) - name.charCodeAt(index + 1)
    without = (without + Math.imul(change, power)) | 0
    power = Math.imul(power, base)
  }
  return keys
}

/** What has to be the same in one case at least for two names to be alike. */
const keysOf = ({ name, skeleton }: Reading): readonly (string | number)[] => [
  skeleton,
  ...slipKeys(name),
]

/**
 * Finds those of many names that people take for each other, in the order of the later ones. It compares those that have
 * something in common, because every name with every other takes seconds where there are thousands.
 */
export function alikePairs<Named extends Reading>(
  readings: readonly Named[],
): readonly AlikePair<Named>[] {
  const indexesByKey = new Map<string | number, number[]>()
  return readings.flatMap((later, laterIndex) => {
    const candidates = new Set<number>()
    for (const key of keysOf(later)) {
      const indexes = indexesByKey.get(key)
      if (indexes === undefined) indexesByKey.set(key, [laterIndex])
      else {
        for (const index of indexes) candidates.add(index)
        indexes.push(laterIndex)
      }
    }
    return [...candidates]
      .toSorted((one, other) => one - other)
      .flatMap((index) => {
        const earlier = readings[index] ?? later
        const likeness = likenessOf(earlier, later)
        return likeness === undefined ? [] : [{ earlier, later, likeness }]
      })
  })
}
