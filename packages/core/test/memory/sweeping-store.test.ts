import { expect, it, vi } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import { authorizeWith, createClock, peopleServer } from '../support/people.js'

/** A server whose store counts how often it is asked to delete what has expired. */
function watched(answer: (sweep: number) => Promise<number>) {
  const clock = createClock()
  const sweeps: number[] = []
  const store = {
    ...createMemoryStore({ now: clock.now }),
    removeExpired: async (limit: number) => {
      sweeps.push(limit)
      return answer(sweeps.length)
    },
  }
  return { clock, sweeps, server: peopleServer({ store, now: clock.now }) }
}

// It says when to give up, not how long it may take.
const patience = { timeout: 20_000 }

it('deletes what has expired once a minute, while something is added', async () => {
  const { clock, sweeps, server } = watched(async () => 0)
  await authorizeWith(server)
  clock.pass(59)
  await authorizeWith(server)
  expect(sweeps).toEqual([])
  clock.pass(1)
  await authorizeWith(server)
  await authorizeWith(server)
  expect(sweeps).toEqual([250])
  clock.pass(60)
  expect(sweeps).toEqual([250])
})

it('goes on while there is a whole batch', async () => {
  const { clock, sweeps, server } = watched(async (sweep) => (sweep < 40 ? 250 : 249))
  clock.pass(60)
  await authorizeWith(server)
  await vi.waitFor(() => expect(sweeps).toHaveLength(40), patience)
  clock.pass(60)
  await authorizeWith(server)
  expect(sweeps).toHaveLength(41)
})

it('begins no sweep while one goes on', async () => {
  const batches: ((count: number) => void)[] = []
  const { clock, sweeps, server } = watched(
    () => new Promise<number>((resolve) => void batches.push(resolve)),
  )
  clock.pass(60)
  await authorizeWith(server)
  clock.pass(60)
  await authorizeWith(server)
  expect(sweeps).toHaveLength(1)
  batches[0]?.(0)
  await authorizeWith(server)
  expect(sweeps).toHaveLength(2)
})

it('ends a sweep after half a million records, though there are more', async () => {
  const { clock, sweeps, server } = watched(async () => 250)
  clock.pass(60)
  await authorizeWith(server)
  await vi.waitFor(() => expect(sweeps).toHaveLength(2000), patience)
  await new Promise((resolve) => void setImmediate(resolve))
  await authorizeWith(server)
  expect(sweeps).toHaveLength(2000)
  clock.pass(60)
  await authorizeWith(server)
  expect(sweeps.length).toBeGreaterThan(2000)
})

it.each([
  ['the first', 1],
  ['a later', 3],
])('answers all the same when %s batch fails, and ends the sweep', async (_, failing) => {
  const { clock, sweeps, server } = watched(async (sweep) => {
    if (sweep >= failing) throw new Error('down')
    return 250
  })
  clock.pass(60)
  expect((await authorizeWith(server)).searchParams.get('code')).toBeTruthy()
  await vi.waitFor(() => expect(sweeps).toHaveLength(failing), patience)
  await authorizeWith(server)
  expect(sweeps).toHaveLength(failing)
  clock.pass(60)
  await authorizeWith(server)
  expect(sweeps).toHaveLength(failing + 1)
})
