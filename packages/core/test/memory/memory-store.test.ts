import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import type { MemoryStoreOptions, NewRecord, Store } from '../../src/index.js'
import { describeStore } from '../support/describe-store.js'

describeStore('the in-memory store', async () => {
  const store = createMemoryStore()
  return { first: store, second: store, close: async () => undefined }
})

/** A store whose clock shows 1000 until it is told otherwise, and counts how often it is looked at. */
function storeWithClock(options: MemoryStoreOptions = {}) {
  const clock = { time: 1000, looks: 0 }
  const store = createMemoryStore({
    ...options,
    now() {
      clock.looks += 1
      return clock.time
    },
  })
  return { store, clock }
}

const record = (id: string, changes: Partial<NewRecord> = {}): NewRecord => ({
  kind: 'session',
  id,
  expiresAt: 1100,
  data: {},
  ...changes,
})

const fill = (store: Store, count: number, changes: Partial<NewRecord> = {}): Promise<boolean[]> =>
  Promise.all(
    Array.from({ length: count }, (_, index) => store.insert(record(`id-${index}`, changes))),
  )

async function lookingAtTheClock<Result>(
  clock: { looks: number },
  work: () => Promise<Result>,
): Promise<number> {
  const before = clock.looks
  await work()
  return clock.looks - before
}

describe('the clock of the in-memory store', () => {
  it('lets a record live until the second in which it expires', async () => {
    const { store, clock } = storeWithClock()
    await store.insert(record('a', { subject: 'alice' }))
    clock.time = 1099
    expect(await store.find('session', 'a')).toBeDefined()
    clock.time = 1100
    expect(await store.find('session', 'a')).toBeUndefined()
    expect(await store.list({ subject: 'alice' }, { limit: 10 })).toEqual({ records: [] })
    expect(await store.removeAll({ subject: 'alice' })).toBe(0)
    expect(await store.take('session', 'a')).toBeUndefined()
  })

  it('refuses to replace a record that expired after it was read', async () => {
    const { store, clock } = storeWithClock()
    await store.insert(record('a'))
    clock.time = 1100
    expect(await store.replace({ ...record('a', { expiresAt: 2000 }), version: 0 })).toBe(false)
    expect(await store.insert(record('a', { expiresAt: 2000 }))).toBe(true)
  })

  it('lets a replaced record live as long as the new one says', async () => {
    const { store, clock } = storeWithClock()
    await store.insert(record('a'))
    await store.replace({ ...record('a', { expiresAt: 2000 }), version: 0 })
    clock.time = 1999
    expect(await store.removeExpired(10)).toBe(0)
    expect(await store.find('session', 'a')).toBeDefined()
    clock.time = 2000
    expect(await store.removeExpired(10)).toBe(1)
  })

  it('removes those that have expired, in whatever order they came and others left', async () => {
    const entries = fc.array(
      fc.record({ expiresAt: fc.integer({ min: 1001, max: 1100 }), leaves: fc.boolean() }),
      {
        minLength: 20,
        maxLength: 80,
      },
    )
    await fc.assert(
      fc.asyncProperty(entries, async (all) => {
        const { store, clock } = storeWithClock()
        for (const [id, { expiresAt }] of all.entries()) {
          await store.insert(record(`${id}`, { expiresAt }))
        }
        for (const [id, { leaves }] of all.entries()) {
          if (leaves) await store.take('session', `${id}`)
        }
        const left = all.filter(({ leaves }) => !leaves)
        for (const time of [1020, 1040, 1060, 1080, 1100]) {
          clock.time = time
          const expired = left.filter(({ expiresAt }) => expiresAt <= time && expiresAt > time - 20)
          expect(await store.removeExpired(1000)).toBe(expired.length)
        }
      }),
    )
  })

  it('forgets expired records while others come', async () => {
    const { store, clock } = storeWithClock()
    await fill(store, 20)
    clock.time = 1100
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        store.insert(record(`new-${index}`, { expiresAt: 2000 })),
      ),
    )
    expect(await store.removeExpired(1000)).toBe(0)
  })
})

describe('the capacity of the in-memory store', () => {
  it('refuses what is too much, and keeps what it has', async () => {
    const { store } = storeWithClock({ capacity: 3 })
    await fill(store, 3)
    await expect(store.insert(record('more'))).rejects.toThrow('it holds 3 records')
    expect(await store.find('session', 'more')).toBeUndefined()
    const { records } = await store.list({ kind: 'session' }, { limit: 10 })
    expect(records).toHaveLength(3)
  })

  it('goes on working with what it has when it is full', async () => {
    const { store } = storeWithClock({ capacity: 3 })
    await fill(store, 3)
    expect(await store.insert(record('id-0'))).toBe(false)
    expect(await store.replace({ ...record('id-0', { data: 'new' }), version: 0 })).toBe(true)
    expect(await store.find('session', 'id-0')).toMatchObject({ data: 'new' })
  })

  it('overwrites an expired record when it is full', async () => {
    const { store, clock } = storeWithClock({ capacity: 3 })
    await fill(store, 2, { expiresAt: 2000 })
    await store.insert(record('short'))
    clock.time = 1100
    expect(await store.insert(record('short', { expiresAt: 2000 }))).toBe(true)
    await expect(store.insert(record('more'))).rejects.toThrow('full')
  })

  it.each([
    ['taking', (store: Store) => store.take('session', 'id-1')],
    ['removing', (store: Store) => store.removeAll({ subject: 'alice' })],
  ])('has room again after %s', async (_, remove) => {
    const { store } = storeWithClock({ capacity: 3 })
    await fill(store, 3, { subject: 'alice' })
    await remove(store)
    expect(await store.insert(record('more'))).toBe(true)
  })

  it('has room again when one of many has expired', async () => {
    const { store, clock } = storeWithClock({ capacity: 100 })
    await fill(store, 50, { expiresAt: 2000 })
    await store.insert(record('short'))
    await Promise.all(
      Array.from({ length: 49 }, (_, index) =>
        store.insert(record(`late-${index}`, { expiresAt: 2000 })),
      ),
    )
    await expect(store.insert(record('more'))).rejects.toThrow('full')
    clock.time = 1100
    expect(await store.insert(record('more', { expiresAt: 2000 }))).toBe(true)
    await expect(store.insert(record('still more'))).rejects.toThrow('full')
  })
})

// Every record that is looked at is compared with the clock, so the looks tell how many they were.
describe('the work of the in-memory store', () => {
  it('does not look at everything to find out that it is full', async () => {
    const { store, clock } = storeWithClock({ capacity: 1000 })
    await fill(store, 1000)
    const looks = await lookingAtTheClock(clock, () =>
      expect(store.insert(record('more'))).rejects.toThrow('full'),
    )
    expect(looks).toBeLessThan(5)
  })

  it('forgets only a few of those that have expired with each that comes', async () => {
    const { store, clock } = storeWithClock()
    await fill(store, 1000)
    clock.time = 1100
    expect(await lookingAtTheClock(clock, () => store.insert(record('more')))).toBeLessThan(5)
  })
})
