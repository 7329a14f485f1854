import { describe, expect, it, vi } from 'vitest'
import type {
  JsonValue,
  NewRecord,
  RecordFilter,
  Store,
  StoreRecord,
} from '../../src/stores/store.js'

/** A store without any record, as two processes see it. */
export interface StoreUnderTest {
  readonly first: Store
  /** Another connection onto the same data. */
  readonly second: Store
  readonly close: () => Promise<void>
  /** Present where expired records vanish by themselves, so that `removeExpired` never finds one. */
  readonly dropsExpired?: true
  /** Present where there are connections to lose: breaks all that the two stores have, in the middle of everything. */
  readonly cut?: () => Promise<void>
}

const seconds = Math.floor(Date.now() / 1000)
const past = seconds - 60
/** Beyond what 32 bits can hold. */
const farFuture = 4_102_444_800

const record = (changes: Partial<NewRecord> = {}): NewRecord => ({
  kind: 'session',
  id: 'a',
  expiresAt: farFuture,
  data: { member: 'value' },
  ...changes,
})

const many = (count: number, change: (index: number) => Partial<NewRecord>): NewRecord[] =>
  Array.from({ length: count }, (_, index) => record(change(index)))

const insertAll = (store: Store, records: readonly NewRecord[]): Promise<boolean[]> =>
  Promise.all(records.map((each) => store.insert(each)))

async function found(store: Store, { kind, id }: Pick<NewRecord, 'kind' | 'id'>) {
  const result = await store.find(kind, id)
  if (result === undefined) throw new Error(`there is no ${kind} ${id}`)
  return result
}

/** 50 callers at once, every other one on the second connection. */
const race = <Result>(
  { first, second }: StoreUnderTest,
  act: (store: Store, index: number) => Promise<Result>,
): Promise<Result[]> =>
  Promise.all(
    Array.from({ length: 50 }, (_, index) => act(index % 2 === 0 ? first : second, index)),
  )

const keysOf = (records: readonly StoreRecord[]): string[] =>
  records.map(({ kind, id }) => `${kind} ${id}`)

interface Walk {
  readonly filter?: RecordFilter
  readonly limit?: number
  /** Happens between two parts. */
  readonly meanwhile?: (part: readonly StoreRecord[]) => Promise<unknown>
}

/** Reads a list to its end, part by part. */
async function walk(
  store: Store,
  { filter = { subject: 'alice' }, limit = 3, meanwhile = async () => undefined }: Walk = {},
): Promise<StoreRecord[][]> {
  const parts: StoreRecord[][] = []
  let after: string | undefined
  do {
    const page = await store.list(filter, { limit, ...(after !== undefined && { after }) })
    parts.push([...page.records])
    await meanwhile(page.records)
    after = page.next
  } while (after !== undefined && parts.length < 100)
  return parts
}

async function idsOf(store: Store, filter: RecordFilter): Promise<string[]> {
  const parts = await walk(store, { filter, limit: 50 })
  return parts.flat().map(({ id }) => id)
}

/**
 * The contract that every {@link Store} keeps.
 *
 * @param create makes a store for one test. Its clock is taken to be the real one.
 */
export function describeStore(name: string, create: () => Promise<StoreUnderTest>): void {
  const test = it.extend<{ readonly stores: StoreUnderTest }>({
    // oxlint-disable-next-line no-empty-pattern -- vitest reads from the pattern what a fixture needs
    stores: async ({}, use) => {
      const stores = await create()
      await use(stores)
      await stores.close()
    },
  })

  describe(`${name}: insert and find`, () => {
    test('gives back what was inserted, on every connection', async ({ stores }) => {
      const complete = record({
        kind: 'refresh_token',
        subject: 'alice',
        clientId: 'web',
        sessionId: 'session',
        family: 'family',
      })
      expect(await stores.first.insert(complete)).toBe(true)
      expect(await stores.first.find('refresh_token', 'a')).toEqual({ ...complete, version: 0 })
      expect(await stores.second.find('refresh_token', 'a')).toEqual({ ...complete, version: 0 })
    })

    test('leaves absent members absent', async ({ stores }) => {
      await stores.first.insert(record())
      expect(Object.keys(await found(stores.first, record())).toSorted()).toEqual([
        'data',
        'expiresAt',
        'id',
        'kind',
        'version',
      ])
    })

    test('finds nothing where nothing is', async ({ stores }) => {
      await stores.first.insert(record())
      expect(await stores.first.find('session', 'b')).toBeUndefined()
      expect(await stores.first.find('consent', 'a')).toBeUndefined()
    })

    test('does not overwrite a live record', async ({ stores }) => {
      await stores.first.insert(record({ data: 'old', subject: 'alice' }))
      expect(await stores.first.insert(record({ data: 'new', subject: 'bob' }))).toBe(false)
      expect(await stores.second.insert(record({ data: 'new', subject: 'bob' }))).toBe(false)
      expect(await found(stores.first, record())).toMatchObject({ data: 'old', version: 0 })
      expect(await idsOf(stores.first, { subject: 'bob' })).toEqual([])
    })

    test('keeps ids of different kinds apart', async ({ stores }) => {
      expect(await stores.first.insert(record({ kind: 'session', data: 1 }))).toBe(true)
      expect(await stores.first.insert(record({ kind: 'consent', data: 2 }))).toBe(true)
      expect(await found(stores.first, record({ kind: 'session' }))).toMatchObject({ data: 1 })
      expect(await found(stores.first, record({ kind: 'consent' }))).toMatchObject({ data: 2 })
    })

    test('shares nothing with the caller', async ({ stores }) => {
      const data = { list: [{ value: 1 }] }
      await stores.first.insert(record({ data }))
      data.list[0]!.value = 2
      const read = (await found(stores.first, record())).data as typeof data
      expect(read).toEqual({ list: [{ value: 1 }] })
      read.list[0]!.value = 3
      expect((await found(stores.first, record())).data).toEqual({ list: [{ value: 1 }] })
    })

    test('lets one of many insert', async ({ stores }) => {
      const results = await race(stores, (store, index) => store.insert(record({ data: index })))
      expect(results.filter(Boolean)).toHaveLength(1)
      expect((await found(stores.first, record())).data).toBe(results.indexOf(true))
    })
  })

  describe(`${name}: take`, () => {
    test('gives a record and deletes it', async ({ stores }) => {
      await stores.first.insert(record({ subject: 'alice' }))
      const whole = { ...record({ subject: 'alice' }), version: 0 }
      expect(await stores.second.take('session', 'a')).toEqual(whole)
      expect(await stores.first.take('session', 'a')).toBeUndefined()
      expect(await stores.first.find('session', 'a')).toBeUndefined()
      expect(await idsOf(stores.first, { subject: 'alice' })).toEqual([])
    })

    test('takes nothing but that record', async ({ stores }) => {
      await insertAll(stores.first, [record(), record({ id: 'b' }), record({ kind: 'consent' })])
      await stores.first.take('session', 'a')
      expect(await stores.first.find('session', 'b')).toBeDefined()
      expect(await stores.first.find('consent', 'a')).toBeDefined()
    })

    test('makes room for another record of that id, whose versions begin again', async ({
      stores,
    }) => {
      await stores.first.insert(record())
      await stores.first.replace(await found(stores.first, record()))
      await stores.first.take('session', 'a')
      expect(await stores.first.insert(record({ data: 'new' }))).toBe(true)
      expect(await found(stores.first, record())).toMatchObject({ data: 'new', version: 0 })
    })

    test('gives the record to one of many', async ({ stores }) => {
      await stores.first.insert(record())
      const results = await race(stores, (store) => store.take('session', 'a'))
      expect(results.filter((taken) => taken !== undefined)).toEqual([{ ...record(), version: 0 }])
    })
  })

  describe(`${name}: replace`, () => {
    test('replaces every member but the key, and counts', async ({ stores }) => {
      await stores.first.insert(record({ subject: 'alice', family: 'family' }))
      const next = record({ clientId: 'web', expiresAt: farFuture + 1, data: ['new'] })
      expect(await stores.first.replace({ ...next, version: 0 })).toBe(true)
      expect(await stores.second.find('session', 'a')).toEqual({ ...next, version: 1 })
      expect(await stores.second.replace({ ...next, version: 1 })).toBe(true)
      expect(await stores.first.find('session', 'a')).toEqual({ ...next, version: 2 })
    })

    test('lets filters find the new members, and not the old', async ({ stores }) => {
      await stores.first.insert(record({ subject: 'alice', family: 'old' }))
      await stores.first.replace({ ...record({ subject: 'bob', family: 'old' }), version: 0 })
      expect(await idsOf(stores.first, { subject: 'alice' })).toEqual([])
      expect(await idsOf(stores.first, { subject: 'bob' })).toEqual(['a'])
      expect(await stores.first.removeAll({ subject: 'alice' })).toBe(0)
      expect(await stores.first.removeAll({ family: 'old' })).toBe(1)
    })

    test.for([
      ['one that was replaced meanwhile', 0],
      ['a version that never was', 2],
      ['a version before the first', -1],
    ] as const)('refuses %s', async ([, version], { stores }) => {
      await stores.first.insert(record())
      await stores.first.replace({ ...record({ data: 'newer' }), version: 0 })
      expect(await stores.second.replace({ ...record({ data: 'late' }), version })).toBe(false)
      expect(await found(stores.first, record())).toMatchObject({ data: 'newer', version: 1 })
    })

    test('refuses a record that never was, and does not make it', async ({ stores }) => {
      expect(await stores.first.replace({ ...record(), version: 0 })).toBe(false)
      expect(await stores.first.find('session', 'a')).toBeUndefined()
    })

    test.for([
      ['taken', (store: Store) => store.take('session', 'a')],
      ['removed', (store: Store) => store.removeAll({ subject: 'alice' })],
    ] as const)('refuses a record that was %s', async ([, remove], { stores }) => {
      await stores.first.insert(record({ subject: 'alice' }))
      const read = await found(stores.first, record())
      await remove(stores.second)
      expect(await stores.first.replace(read)).toBe(false)
      expect(await stores.first.find('session', 'a')).toBeUndefined()
    })

    test('refuses a record that has expired', async ({ stores }) => {
      await stores.first.insert(record({ expiresAt: past }))
      expect(await stores.first.replace({ ...record(), version: 0 })).toBe(false)
      expect(await stores.first.find('session', 'a')).toBeUndefined()
    })

    test('can let a record expire', async ({ stores }) => {
      await stores.first.insert(record())
      expect(await stores.first.replace({ ...record({ expiresAt: past }), version: 0 })).toBe(true)
      expect(await stores.first.find('session', 'a')).toBeUndefined()
    })

    test('lets one of many replace the same version', async ({ stores }) => {
      await stores.first.insert(record())
      const results = await race(stores, (store, index) =>
        store.replace({ ...record({ data: index }), version: 0 }),
      )
      expect(results.filter(Boolean)).toHaveLength(1)
      expect(await found(stores.first, record())).toMatchObject({
        data: results.indexOf(true),
        version: 1,
      })
    })

    test('loses nothing when many read, add and replace', async ({ stores }) => {
      await stores.first.insert(record({ data: 0 }))
      const results = await race(stores, async (store) => {
        const read = await found(store, record())
        return store.replace({ ...read, data: Number(read.data) + 1 })
      })
      const count = results.filter(Boolean).length
      expect(count).toBeGreaterThan(0)
      expect(await found(stores.first, record())).toMatchObject({ data: count, version: count })
    })

    test('never lets both a take and a later replace win', async ({ stores }) => {
      const ids = Array.from({ length: 25 }, (_, index) => `id-${index}`)
      await insertAll(
        stores.first,
        ids.map((id) => record({ id })),
      )
      const results = await Promise.all(
        ids.map((id) =>
          Promise.all([
            stores.first.take('session', id),
            stores.second.replace({ ...record({ id }), version: 0 }),
          ]),
        ),
      )
      for (const [taken, isReplaced] of results) expect(taken?.version).toBe(isReplaced ? 1 : 0)
      expect(await idsOf(stores.first, { kind: 'session' })).toEqual([])
    })
  })

  describe(`${name}: expiry`, () => {
    test('accepts an expired record, which does not exist', async ({ stores }) => {
      expect(await stores.first.insert(record({ subject: 'alice', expiresAt: past }))).toBe(true)
      expect(await stores.first.find('session', 'a')).toBeUndefined()
      expect(await stores.first.take('session', 'a')).toBeUndefined()
    })

    test('neither lists nor counts expired records', async ({ stores }) => {
      await insertAll(stores.first, [
        record({ id: 'dead', subject: 'alice', expiresAt: past }),
        record({ id: 'live', subject: 'alice' }),
      ])
      expect(await idsOf(stores.second, { subject: 'alice' })).toEqual(['live'])
      expect(await stores.second.removeAll({ subject: 'alice' })).toBe(1)
    })

    test('overwrites an expired record, and all of it', async ({ stores }) => {
      await stores.first.insert(record({ subject: 'alice', family: 'old', expiresAt: past }))
      expect(await stores.second.insert(record({ clientId: 'web', data: 'new' }))).toBe(true)
      expect(await stores.first.find('session', 'a')).toEqual({
        ...record({ clientId: 'web', data: 'new' }),
        version: 0,
      })
      expect(await idsOf(stores.first, { subject: 'alice' })).toEqual([])
      expect(await idsOf(stores.first, { clientId: 'web' })).toEqual(['a'])
    })

    test('begins again with versions when it overwrites an expired record', async ({ stores }) => {
      await stores.first.insert(record())
      await stores.first.replace({ ...record({ expiresAt: past }), version: 0 })
      await stores.first.insert(record())
      expect(await found(stores.first, record())).toMatchObject({ version: 0 })
    })

    test('lets one of many overwrite an expired record', async ({ stores }) => {
      await stores.first.insert(record({ expiresAt: past }))
      const results = await race(stores, (store, index) => store.insert(record({ data: index })))
      expect(results.filter(Boolean)).toHaveLength(1)
      expect((await found(stores.first, record())).data).toBe(results.indexOf(true))
    })

    test('removes expired records, at most so many at once, and no others', async ({ stores }) => {
      const ids = ['1', '2', '3', '4', '5']
      await insertAll(stores.first, [
        ...ids.map((id) => record({ id, subject: 'alice' })),
        record({ id: 'live' }),
      ])
      // By replace, because a store may look for expired records whenever one is inserted.
      for (const id of ids) {
        await stores.first.replace({ ...record({ id, expiresAt: past }), version: 0 })
      }
      const removed = []
      for (let round = 0; round < 4; round += 1) removed.push(await stores.second.removeExpired(2))
      expect(removed).toEqual(stores.dropsExpired ? [0, 0, 0, 0] : [2, 2, 1, 0])
      expect(await idsOf(stores.first, { kind: 'session' })).toEqual(['live'])
    })
  })

  describe(`${name}: filters`, () => {
    const labelled = [
      record({ id: '1', subject: 'alice', clientId: 'web', sessionId: 's1', family: 'f1' }),
      record({ id: '2', subject: 'alice', clientId: 'app', sessionId: 's1', family: 'f2' }),
      record({ id: '3', subject: 'bob', clientId: 'web', sessionId: 's2', family: 'f3' }),
      record({ id: '4', kind: 'refresh_token', subject: 'alice', clientId: 'web', family: 'f1' }),
      record({ id: '5', kind: 'consent' }),
    ]
    const filters: readonly (readonly [RecordFilter, readonly string[]])[] = [
      [{ kind: 'session' }, ['1', '2', '3']],
      [{ subject: 'alice' }, ['4', '1', '2']],
      [{ clientId: 'web' }, ['4', '1', '3']],
      [{ sessionId: 's1' }, ['1', '2']],
      [{ family: 'f1' }, ['4', '1']],
      [{ kind: 'session', subject: 'alice' }, ['1', '2']],
      [{ subject: 'alice', clientId: 'web' }, ['4', '1']],
      [{ clientId: 'web', sessionId: 's1', family: 'f1' }, ['1']],
      [{ kind: 'session', subject: 'bob', clientId: 'web', sessionId: 's2', family: 'f3' }, ['3']],
      [{ subject: 'bob', clientId: 'app' }, []],
      [{ subject: 'carol' }, []],
      [{ kind: 'interaction' }, []],
      [{ sessionId: '' }, []],
    ]

    test.for(filters)('lists %j', async ([filter, expected], { stores }) => {
      await insertAll(stores.first, labelled)
      expect(await idsOf(stores.second, filter)).toEqual(expected)
    })

    test.for(filters)('removes %j and nothing else', async ([filter, expected], { stores }) => {
      await insertAll(stores.first, labelled)
      expect(await stores.second.removeAll(filter)).toBe(expected.length)
      const left = await Promise.all(
        labelled.map(async ({ kind, id }) => ((await stores.first.find(kind, id)) ? [id] : [])),
      )
      const others = labelled.map(({ id }) => id).filter((id) => !expected.includes(id))
      expect(left.flat()).toEqual(others)
      expect(await stores.first.removeAll(filter)).toBe(0)
    })

    test('keeps to the kind of a filter, whatever it is combined with', async ({ stores }) => {
      const kinds = [
        'authorization_code',
        'consent',
        'refresh_token',
        'session',
        'token_mark',
      ] as const
      // Of each kind there are more than alice has of all kinds.
      await insertAll(stores.first, [
        ...kinds.map((kind) => record({ kind, subject: 'alice' })),
        ...kinds.flatMap((kind) => many(6, (index) => ({ kind, id: `${index}`, subject: 'bob' }))),
      ])
      for (const kind of kinds) {
        const { records } = await stores.first.list({ kind, subject: 'alice' }, { limit: 10 })
        expect(keysOf(records)).toEqual([`${kind} a`])
      }
      expect(await stores.first.removeAll({ kind: 'refresh_token', subject: 'alice' })).toBe(1)
      const { records } = await stores.first.list({ subject: 'alice' }, { limit: 10 })
      expect(records.map(({ kind }) => kind)).toEqual(
        kinds.filter((kind) => kind !== 'refresh_token'),
      )
    })

    const undefinedMember: object = { subject: undefined }
    const memberless: readonly (readonly [string, RecordFilter])[] = [
      ['none', {}],
      ['only undefined ones', undefinedMember],
    ]

    test.for(memberless)(
      'takes a filter with %s of the members for a mistake',
      async ([, filter], { stores }) => {
        await stores.first.insert(record())
        await expect(stores.first.removeAll(filter)).rejects.toBeInstanceOf(TypeError)
        await expect(stores.first.list(filter, { limit: 10 })).rejects.toBeInstanceOf(TypeError)
        expect(await stores.first.find('session', 'a')).toBeDefined()
      },
    )

    test('removes many, and counts each once when two do it', async ({ stores }) => {
      await insertAll(
        stores.first,
        many(50, (index) => ({ id: `${index}`, family: 'family' })),
      )
      const counts = await Promise.all([
        stores.first.removeAll({ family: 'family' }),
        stores.second.removeAll({ family: 'family' }),
      ])
      expect(counts[0] + counts[1]).toBe(50)
    })

    test.for(['a*', 'a%', 'a_', '[a-z]', '{a}', 'A', 'a ', "a' OR '1'='1", 'a:b', 'a\\'])(
      'takes %j literally',
      async (subject, { stores }) => {
        await insertAll(stores.first, [
          record({ id: 'plain', subject: 'a' }),
          record({ id: 'longer', subject: 'ab' }),
          record({ id: 'odd', subject }),
        ])
        expect(await idsOf(stores.first, { subject })).toEqual(['odd'])
        expect(await stores.first.removeAll({ subject })).toBe(1)
        expect(await stores.first.find('session', 'plain')).toBeDefined()
      },
    )
  })

  describe(`${name}: list`, () => {
    // Not in order, in several kinds, and with ids that a language's collation would order in another way.
    const ids = ['b', 'B', '10', '9', 'a-1', 'a_1', 'a1', 'Z', 'a', 'aa']
    const kinds = ['session', 'consent', 'token_mark'] as const
    const records = ids.flatMap((id) =>
      kinds.map((kind) => record({ kind, id, subject: 'alice', data: `${kind} ${id}` })),
    )
    const inOrder = kinds.toSorted().flatMap((kind) => ids.toSorted().map((id) => `${kind} ${id}`))

    test.for([1, 3, 7, 29, 30, 31, 1000])(
      'gives everything in parts of %i',
      async (limit, { stores }) => {
        await insertAll(stores.first, [...records, record({ id: 'other', subject: 'bob' })])
        const parts = await walk(stores.second, { limit })
        expect(keysOf(parts.flat())).toEqual(inOrder)
        expect(parts).toHaveLength(Math.ceil(inOrder.length / limit))
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit)
      },
    )

    test('gives whole records', async ({ stores }) => {
      await stores.first.insert(record({ subject: 'alice', family: 'family' }))
      const { records: listed } = await stores.first.list({ family: 'family' }, { limit: 1 })
      expect(listed).toEqual([{ ...record({ subject: 'alice', family: 'family' }), version: 0 }])
    })

    test('gives an empty part when there is nothing', async ({ stores }) => {
      expect(await stores.first.list({ subject: 'alice' }, { limit: 10 })).toEqual({ records: [] })
    })

    test('goes on where it was when what it gave is removed', async ({ stores }) => {
      await insertAll(stores.first, records)
      const parts = await walk(stores.first, {
        meanwhile: (part) => Promise.all(part.map(({ kind, id }) => stores.second.take(kind, id))),
      })
      expect(keysOf(parts.flat())).toEqual(inOrder)
    })

    test('leaves out what is removed before its part comes', async ({ stores }) => {
      await insertAll(stores.first, records)
      const parts = await walk(stores.first, {
        meanwhile: () => stores.second.removeAll({ kind: 'token_mark' }),
      })
      expect(keysOf(parts.flat())).toEqual(inOrder.filter((key) => !key.startsWith('token_mark')))
    })

    test('repeats nothing when records are added meanwhile, and gives those that come later', async ({
      stores,
    }) => {
      await insertAll(stores.first, records)
      let round = 0
      const parts = await walk(stores.first, {
        limit: 5,
        async meanwhile() {
          round += 1
          await stores.second.insert(
            record({ kind: 'authorization_code', id: `${round}`, subject: 'alice' }),
          )
          await stores.second.insert(
            record({ kind: 'token_mark', id: `zz${round}`, subject: 'alice' }),
          )
        },
      })
      const keys = keysOf(parts.flat())
      expect(new Set(keys).size).toBe(keys.length)
      expect(keys).toEqual(keys.toSorted())
      expect(keys).toEqual(expect.arrayContaining(inOrder))
      expect(keys).toContain('token_mark zz1')
      expect(keys).not.toContain('authorization_code 1')
    })
  })

  describe(`${name}: what it can hold`, () => {
    // Each is what JSON makes of it, so that a store may keep the text.
    const values: readonly (readonly [string, JsonValue])[] = [
      ['text', 'text'],
      ['an empty text', ''],
      ['null', null],
      ['false', false],
      ['zero', 0],
      ['an empty list', []],
      ['an empty object', {}],
      ['Unicode', 'Zoë 李 🦊 👩‍👩‍👧 \u202Ertl e\u0301 \u00E9 \uFFFD'],
      ['quotes', `' " \` \\ '' \\' -- ; $1 ? :a @a {{}} %s`],
      ['control characters', '\u0001\u0008\t\n\v\f\r\u001B\u007F\u0085\u2028\u2029\uFEFF'],
      ['text that looks like JSON', '{"a":1}'],
      ['text that looks like a number', '007'],
      ['numbers', [0.1 + 0.2, -1.5, 1e21, 1e-7, 5e-324, 1.7976931348623157e308]],
      ['large integers', [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 31, 2 ** 32]],
      ['nested data', { a: [{ b: { c: [[[null, true, { d: 'e' }]]] } }], f: {} }],
      ['odd member names', { '': 1, 'a.b': 2, $c: 3, 'd e': 4, "f'": 5, 李: 6, constructor: 7 }],
      ['a long text', 'long '.repeat(20_000)],
      ['many members', Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`m${i}`, i]))],
    ]

    test.for(values)('keeps %s', async ([, data], { stores }) => {
      await stores.first.insert(record({ id: 'inserted', data }))
      await stores.first.insert(record({ id: 'replaced', data: 'old' }))
      await stores.first.replace({ ...record({ id: 'replaced', data }), version: 0 })
      expect((await found(stores.second, record({ id: 'inserted' }))).data).toStrictEqual(data)
      expect((await found(stores.second, record({ id: 'replaced' }))).data).toStrictEqual(data)
    })

    test('drops undefined members, as JSON does', async ({ stores }) => {
      await stores.first.insert(record({ data: { a: 1, b: undefined, c: [{ d: undefined }] } }))
      expect((await found(stores.first, record())).data).toStrictEqual({ a: 1, c: [{}] })
    })

    test('keeps a megabyte', async ({ stores }) => {
      const data = { text: 'ä'.repeat(500_000), end: true }
      await stores.first.insert(record({ subject: 'alice', data }))
      expect((await found(stores.second, record())).data).toEqual(data)
      const { records } = await stores.second.list({ subject: 'alice' }, { limit: 1 })
      expect(records[0]?.data).toEqual(data)
      expect((await stores.first.take('session', 'a'))?.data).toEqual(data)
    })

    test('keeps expiry times beyond 32 bits, and fractions of a second', async ({ stores }) => {
      await stores.first.insert(record({ expiresAt: 2 ** 40 + 0.5 }))
      expect(await found(stores.second, record())).toMatchObject({ expiresAt: 2 ** 40 + 0.5 })
    })

    const names = [
      'Zoë 李 🦊',
      'e\u0301',
      '\u00E9',
      `it's "quoted" \\ and; -- done`,
      'line\nbreak\ttab\u0001',
      'session a',
      'a:b/c?d=e&f#g',
      '{tag}',
      ' a ',
      'A',
      'long '.repeat(200),
    ]

    test.for(names)('finds its way with the name %j', async (odd, { stores }) => {
      const members = { subject: odd, clientId: odd, sessionId: odd, family: odd }
      await insertAll(stores.first, [
        record({ id: odd, ...members }),
        ...names
          .filter((other) => other !== odd)
          .map((other) => record({ id: other, subject: other })),
      ])
      expect(await stores.second.find('session', odd)).toEqual({
        ...record({ id: odd, ...members }),
        version: 0,
      })
      expect(await idsOf(stores.second, members)).toEqual([odd])
      const parts = await walk(stores.second, { filter: { kind: 'session' }, limit: 1 })
      expect(
        parts
          .flat()
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual(names.toSorted())
      expect(await stores.second.removeAll({ subject: odd })).toBe(1)
      expect(await stores.first.find('session', odd)).toBeUndefined()
    })
  })
  describe(`${name}: lost connections`, () => {
    const kept = many(20, (index) => ({ id: `kept-${index + 10}`, subject: 'kept' }))
    const ids = Array.from({ length: 10 }, (_, index) => `${index}`)

    /** What is asked in the middle of it, and whether the answer is right. Whatever throws has given no answer. */
    const operations: readonly ((store: Store, id: string) => Promise<boolean>)[] = [
      async (store) => (await store.find('session', 'kept-10'))?.version === 0,
      async (store) => (await store.find('session', 'never')) === undefined,
      (store, id) => store.insert(record({ id: `inserted-${id}` })),
      async (store, id) => (await store.take('session', `taken-${id}`)) !== undefined,
      (store, id) => store.replace({ ...record({ id: `replaced-${id}` }), version: 0 }),
      async (store, id) => (await store.removeAll({ family: `removed-${id}` })) === 2,
      async (store) => {
        const { records } = await store.list({ subject: 'kept' }, { limit: 100 })
        return records.length === kept.length
      },
    ]

    /** Inserts what is asked for, on both connections, so that there are two to lose. */
    async function prepare({ first, second }: StoreUnderTest): Promise<void> {
      await insertAll(first, kept)
      await insertAll(
        second,
        ids.flatMap((id) => [
          record({ id: `taken-${id}` }),
          record({ id: `replaced-${id}` }),
          record({ id: `removed-${id}`, family: `removed-${id}` }),
          record({ id: `removed-too-${id}`, family: `removed-${id}` }),
        ]),
      )
    }

    type Answers = readonly PromiseSettledResult<boolean>[]

    /** Ten callers that ask one thing after the other, while connections are lost. Gives what each was answered. */
    async function askAll(stores: StoreUnderTest): Promise<readonly Answers[]> {
      const { first, second, cut = async () => undefined } = stores
      const lost = cut()
      const answers = await Promise.all(
        ids.map(async (id, index) => {
          const given: PromiseSettledResult<boolean>[] = []
          for (const ask of operations) {
            given.push(...(await Promise.allSettled([ask(index % 2 === 0 ? first : second, id)])))
          }
          return given
        }),
      )
      await lost
      return answers
    }

    test('answers rightly or throws when they are lost in the middle, and works again', async ({
      stores,
    }) => {
      const { first, second } = stores
      await prepare(stores)
      const answers = (await askAll(stores)).flat()
      const given = answers.flatMap((answer) =>
        answer.status === 'fulfilled' ? [answer.value] : [],
      )
      expect(given).toEqual(given.map(() => true))

      let attempts = 0
      for (const store of [first, second]) {
        await vi.waitFor(
          async () => {
            const after = record({ id: `after-${(attempts += 1)}` })
            expect(await idsOf(store, { subject: 'kept' })).toEqual(kept.map(({ id }) => id))
            expect(await store.insert(after)).toBe(true)
            expect(await store.take('session', after.id)).toEqual({ ...after, version: 0 })
          },
          { timeout: 5000 },
        )
      }
    })

    test('keeps what it has said, when they are lost in the middle', async ({ stores }) => {
      const { second } = stores
      await prepare(stores)
      const answers = await askAll(stores)
      const [inserted, taken, replaced] = await vi.waitFor(
        () =>
          Promise.all(
            ['inserted', 'taken', 'replaced'].map((what) =>
              Promise.all(ids.map((id) => second.find('session', `${what}-${id}`))),
            ),
          ),
        { timeout: 5000 },
      )
      for (const [caller, given] of answers.entries()) {
        const [wasInserted, wasTaken, wasReplaced] = given
          .slice(2)
          .map(({ status }) => status === 'fulfilled')
        const left = [inserted, taken, replaced].map((records) => records?.[caller])
        expect(left).toEqual([
          wasInserted ? expect.objectContaining({ version: 0 }) : left[0],
          wasTaken ? undefined : left[1],
          wasReplaced ? expect.objectContaining({ version: 1 }) : left[2],
        ])
      }
    })
  })
}
