import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chapters } from '../src/chapters.js'
import { startDemo } from '../src/demo.js'
import type { Demo } from '../src/demo.js'
import { table } from '../src/table.js'
import { tour } from '../src/tour.js'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo({ ports: { identity: 0, invoice: 0, customer: 0, web: 0 } })
})
afterAll(() => demo.stop())

describe('the tour', () => {
  it.each(chapters)('comes out as the chapter says: $title', async (chapter) => {
    const stops = await tour(chapter, demo.origins)
    expect(stops).toHaveLength(chapter.examples.length)
    for (const { outcome, expected, isAsExpected } of stops) {
      expect(outcome).toEqual(expected)
      expect(isAsExpected).toBe(true)
    }
  })

  it.each([
    ['audience', { token: { aud: 'urn:orders', scope: 'read', alg: 'RS256' } }],
    ['scope', { token: { scope: 'write', alg: 'RS256' } }],
    ['algorithm', { token: { scope: 'read', alg: 'ES256' } }],
    ['answer', { answers: { invoice: 200, customer: 401 } }],
    ['error', { token: { error: 'invalid_scope' } }],
  ])('finds a difference in the %s, and shows what was expected', async (_, change) => {
    const chapter = chapters.find(({ name }) => name === 'no-api')
    if (chapter === undefined) throw new Error('no such chapter')
    const changed = {
      ...chapter,
      examples: chapter.examples.map((each) => ({ ...each, ...change })),
    }
    const stops = await tour(changed, demo.origins)
    expect(stops.map(({ isAsExpected }) => isAsExpected)).toEqual([false])
    expect(table(changed, stops)).toMatch(/DIFFERS\n {2,}expected:/)
  })
})
