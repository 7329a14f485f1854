import { isOAuthError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { collection, removeEverywhere } from '../src/collection.js'
import type { Collection } from '../src/collection.js'
import { createMemoryStore } from '../src/index.js'
import type { Store } from '../src/index.js'
import { failingStore, outage } from './support/failing-store.js'

interface Basket {
  readonly fruit: readonly string[]
  readonly note?: string
}

const baskets = (store: Store, now = 1000): Collection<Basket> =>
  collection<Basket>('session', { store, now: () => now })

/** A store that takes it to be earlier than the server does. */
const slowStore = (): Store => createMemoryStore({ now: () => 0 })

const entry = { id: 'a', expiresAt: 2000, data: { fruit: ['apple'] } } as const

async function failureOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isOAuthError(error)) throw new Error(`not an OAuthError: ${String(error)}`)
  const { code, status, headers, message, cause } = error
  return { code, status, headers, message, cause }
}

describe('a collection', () => {
  it('inserts, finds and takes entries of its kind', async () => {
    const store = slowStore()
    const members = { subject: 'alice', clientId: 'web', sessionId: 's', family: 'f' }
    expect(await baskets(store).insert({ ...entry, ...members })).toBe(true)
    expect(await baskets(store).insert(entry)).toBe(false)
    const whole = { ...entry, ...members, version: 0 }
    expect(await baskets(store).find('a')).toStrictEqual(whole)
    expect(await store.find('session', 'a')).toStrictEqual({ ...whole, kind: 'session' })
    expect(await baskets(store).take('a')).toStrictEqual(whole)
    expect(await baskets(store).take('a')).toBeUndefined()
  })

  it('replaces an entry once for each time it was read', async () => {
    const store = slowStore()
    await baskets(store).insert(entry)
    const next = { ...entry, version: 0, data: { fruit: ['pear'] } }
    expect(await baskets(store).replace(next)).toBe(true)
    expect(await baskets(store).replace(next)).toBe(false)
    expect(await baskets(store).find('a')).toStrictEqual({ ...next, version: 1 })
    expect(await baskets(store).replace({ ...next, version: 1 })).toBe(true)
    expect(await baskets(store).find('a')).toStrictEqual({ ...next, version: 2 })
  })

  it('neither sees nor removes what is of another kind', async () => {
    const store = slowStore()
    await store.insert({ ...entry, kind: 'consent', subject: 'alice' })
    expect(await baskets(store).find('a')).toBeUndefined()
    expect(await baskets(store).take('a')).toBeUndefined()
    expect(await baskets(store).list({ subject: 'alice' })).toEqual([])
    expect(await baskets(store).removeAll({ subject: 'alice' })).toBe(0)
    expect(await baskets(store).removeAll({})).toBe(0)
    expect(await store.find('consent', 'a')).toBeDefined()
  })

  it('removes what agrees with a filter', async () => {
    const store = slowStore()
    await baskets(store).insert({ ...entry, id: 'a', subject: 'alice' })
    await baskets(store).insert({ ...entry, id: 'b', subject: 'bob' })
    expect(await baskets(store).removeAll({ subject: 'alice' })).toBe(1)
    expect(await baskets(store).find('b')).toBeDefined()
  })

  it('lists all parts of a long list, in order', async () => {
    const store = slowStore()
    const ids = Array.from({ length: 1234 }, (_, index) => String(index).padStart(4, '0'))
    await Promise.all(ids.map((id) => baskets(store).insert({ ...entry, id, subject: 'alice' })))
    await baskets(store).insert({ ...entry, id: 'other', subject: 'bob' })
    const listed = await baskets(store).list({ subject: 'alice' })
    expect(listed.map(({ id }) => id)).toEqual(ids)
    expect(await baskets(store).list({})).toHaveLength(1235)
  })

  it('does not give what has expired by the clock of the server', async () => {
    const store = slowStore()
    await baskets(store).insert({ ...entry, id: 'dead', subject: 'alice', expiresAt: 1000 })
    await baskets(store).insert({ ...entry, id: 'live', subject: 'alice', expiresAt: 1001 })
    expect(await baskets(store).find('dead')).toBeUndefined()
    expect(await baskets(store).list({ subject: 'alice' })).toMatchObject([{ id: 'live' }])
    expect(await baskets(store).take('dead')).toBeUndefined()
    expect(await baskets(store).take('live')).toBeDefined()
  })
})

describe('removeEverywhere', () => {
  it('removes records of all kinds that agree with a filter', async () => {
    const store = slowStore()
    await store.insert({ ...entry, kind: 'refresh_token', family: 'one' })
    await store.insert({ ...entry, kind: 'authorization_code', family: 'one' })
    await store.insert({ ...entry, kind: 'session', family: 'two' })
    expect(await removeEverywhere({ family: 'one' }, { store })).toBe(2)
    expect(await store.find('session', 'a')).toBeDefined()
  })

  const undefinedMember: object = { family: undefined }

  it.each([
    ['nothing', {}],
    ['undefined', undefinedMember],
  ])('takes a filter of %s for a mistake, whatever the store does', async (_, filter) => {
    await expect(removeEverywhere(filter, { store: failingStore() })).rejects.toBeInstanceOf(
      TypeError,
    )
  })
})

describe('a store that cannot answer', () => {
  const uses: readonly (readonly [string, (store: Store) => Promise<unknown>])[] = [
    ['insert', (store) => baskets(store).insert(entry)],
    ['find', (store) => baskets(store).find('a')],
    ['take', (store) => baskets(store).take('a')],
    ['replace', (store) => baskets(store).replace({ ...entry, version: 0 })],
    ['removeAll', (store) => baskets(store).removeAll({ subject: 'alice' })],
    ['list', (store) => baskets(store).list({ subject: 'alice' })],
    ['removeEverywhere', (store) => removeEverywhere({ subject: 'alice' }, { store })],
  ]
  const unavailable = {
    code: 'temporarily_unavailable',
    status: 503,
    headers: { 'retry-after': '5' },
    message: 'what the server keeps cannot be looked up at the moment',
  }

  it.each(uses)('makes %s fail as temporarily_unavailable', async (_, use) => {
    expect(await failureOf(use(failingStore()))).toEqual({ ...unavailable, cause: outage })
  })

  it.each(uses)('makes %s fail so too when it throws at once', async (_, use) => {
    const mistake = new TypeError('fetch failed')
    const throwing = () => {
      throw mistake
    }
    const store: Store = {
      insert: throwing,
      find: throwing,
      take: throwing,
      replace: throwing,
      removeAll: throwing,
      list: throwing,
      removeExpired: throwing,
    }
    expect(await failureOf(use(store))).toEqual({ ...unavailable, cause: mistake })
  })

  it('makes a list fail whose second part cannot be had', async () => {
    const memory = slowStore()
    await Promise.all(
      Array.from({ length: 600 }, (_, index) =>
        baskets(memory).insert({ ...entry, id: `${index}` }),
      ),
    )
    const store: Store = {
      ...memory,
      list: async (filter, page) => {
        if (page.after !== undefined) throw outage
        return memory.list(filter, page)
      },
    }
    expect(await failureOf(baskets(store).list({}))).toEqual({ ...unavailable, cause: outage })
  })
})
