import { expect, it } from 'vitest'
import { retrying } from '../src/retrying.js'

const failure = (code: string): Error => Object.assign(new Error(code), { code })

it.each(['40001', '40P01'])('tries again when others got in the way (%s)', async (code) => {
  let attempts = 0
  const result = await retrying(async () => {
    attempts += 1
    if (attempts < 4) throw failure(code)
    return 'done'
  })
  expect({ result, attempts }).toEqual({ result: 'done', attempts: 4 })
})

it.each([
  ['40001', 8],
  ['23505', 1],
  ['ECONNREFUSED', 1],
])('gives up on %s after %i attempts', async (code, expected) => {
  let attempts = 0
  const work = retrying(async () => {
    attempts += 1
    throw failure(code)
  })
  await expect(work).rejects.toThrow(code)
  expect(attempts).toBe(expected)
})
