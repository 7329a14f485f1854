import { expect, it } from 'vitest'
import { retrying } from '../src/retrying.js'

const failure = (code: string): Error => Object.assign(new Error(code), { code })

/** Waits no time, and remembers how long it should have. */
function createTimer() {
  const pauses: number[] = []
  return { pauses, wait: async (milliseconds: number) => void pauses.push(milliseconds) }
}

it.each(['40001', '40P01'])('tries again when others got in the way (%s)', async (code) => {
  let attempts = 0
  const { wait } = createTimer()
  const work = async () => {
    attempts += 1
    if (attempts < 4) throw failure(code)
    return 'done'
  }
  const result = await retrying(work, { wait })
  expect({ result, attempts }).toEqual({ result: 'done', attempts: 4 })
})

it.each([
  ['40001', 8],
  ['23505', 1],
  ['ECONNREFUSED', 1],
])('gives up on %s after %i attempts', async (code, expected) => {
  let attempts = 0
  const { pauses, wait } = createTimer()
  const work = async () => {
    attempts += 1
    throw failure(code)
  }
  await expect(retrying(work, { wait })).rejects.toThrow(code)
  expect(attempts).toBe(expected)
  expect(pauses).toHaveLength(expected - 1)
})

it('waits longer each time, and for a part of it that is random', async () => {
  const { pauses, wait } = createTimer()
  const parts = [1, 0.5, 0.25, 1, 0, 0.1, 1]
  const random = () => parts[pauses.length] ?? NaN
  await expect(retrying(() => Promise.reject(failure('40001')), { wait, random })).rejects.toThrow(
    '40001',
  )
  expect(pauses).toEqual([5, 5, 5, 40, 0, 16, 320])
})

it('tries again what its caller takes for worth it, and nothing else', async () => {
  const { pauses, wait } = createTimer()
  const isWorthIt = (error: unknown) => error instanceof TypeError
  const failures = [new TypeError('first'), failure('40001')]
  const work = async () => {
    throw failures[pauses.length] ?? new Error('too often')
  }
  await expect(retrying(work, { isWorthIt, wait })).rejects.toThrow('40001')
})
