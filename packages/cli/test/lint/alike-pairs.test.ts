import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alikePairs } from '../../src/lint/alike-pairs.js'
import { likenessOf, readingOf } from '../../src/lint/likeness.js'
import type { Reading } from '../../src/lint/likeness.js'

/** What comes of comparing every name with every other. */
const everyPair = (readings: readonly Reading[]) =>
  readings.flatMap((later, index) =>
    readings.slice(0, index).flatMap((earlier) => {
      const likeness = likenessOf(earlier, later)
      return likeness === undefined ? [] : [{ earlier, later, likeness }]
    }),
  )

/** Few characters, so that names meet: letters, their look-alikes, digits, separators, one of two code units. */
const character = fc.constantFrom(...Array.from('aAlLo01.:/\u0430\uFF49\u{1F600}'))
const name = fc.string({ unit: character, maxLength: 9 })

/** A name, with up to two characters replaced by up to two others, and with two swapped. */
const slipped = fc
  .tuple(name, fc.nat({ max: 9 }), fc.nat({ max: 2 }), fc.string({ unit: character, maxLength: 2 }))
  .map(([text, at, length, typed]) => [
    text,
    text.slice(0, at) + typed + text.slice(at + length),
    text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2),
  ])

const names = fc.array(fc.oneof(slipped, fc.tuple(name)), { maxLength: 12 })

describe('alikePairs', () => {
  it('finds what comparing every pair finds, in the same order', () => {
    const likenesses = new Set<string>()
    fc.assert(
      fc.property(names, (groups) => {
        const readings = groups.flat().map(readingOf)
        const found = alikePairs(readings)
        expect(found).toEqual(everyPair(readings))
        for (const { likeness } of found) likenesses.add(likeness)
      }),
      { numRuns: 1000 },
    )
    expect([...likenesses].toSorted()).toEqual([
      'are one slip of the keyboard apart',
      'differ only by a slash at the end',
      'differ only by case',
      'look the same',
    ])
  })
})
