import { expect, it } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import { authorizeWith, createClock, peopleServer } from '../support/people.js'

/** A server whose store counts how often it is asked to delete what has expired. */
function watched(answer: () => Promise<number>) {
  const clock = createClock()
  const sweeps: number[] = []
  const store = {
    ...createMemoryStore({ now: clock.now }),
    removeExpired: async (limit: number) => {
      sweeps.push(limit)
      return answer()
    },
  }
  return { clock, sweeps, server: peopleServer({ store, now: clock.now }) }
}

it('deletes what has expired once a minute, while something is added', async () => {
  const { clock, sweeps, server } = watched(async () => 0)
  await authorizeWith(server)
  clock.pass(59)
  await authorizeWith(server)
  expect(sweeps).toEqual([])
  clock.pass(1)
  await authorizeWith(server)
  await authorizeWith(server)
  expect(sweeps).toEqual([1000])
  clock.pass(60)
  expect(sweeps).toEqual([1000])
})

it('answers all the same when that fails', async () => {
  const { clock, sweeps, server } = watched(() => Promise.reject(new Error('down')))
  clock.pass(60)
  expect((await authorizeWith(server)).searchParams.get('code')).toBeTruthy()
  expect(sweeps).toEqual([1000])
})
