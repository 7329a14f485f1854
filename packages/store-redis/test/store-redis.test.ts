import { randomBytes } from 'node:crypto'
import { env } from 'node:process'
import type { NewRecord } from '@bailiwick/core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { describeStore } from '../../core/test/support/describe-store.js'
import { createRedisStore } from '../src/index.js'
import type { RedisStore, RedisStoreOptions } from '../src/index.js'
import { connectAdmin } from './support/admin.js'
import type { Admin } from './support/admin.js'
import { startProxy } from './support/mutable-proxy.js'
import { canStartRedis, startRedis } from './support/redis-process.js'
import { sayNotChecked } from '../../../tests/support/say-not-checked.js'

const url = env['REDIS_URL'] ?? 'redis://127.0.0.1:6379'

const admin = await connectAdmin(url).catch(() => undefined)

const record: NewRecord = {
  kind: 'session',
  id: 'a',
  subject: 'alice',
  expiresAt: 4_102_444_800,
  data: { member: 'value' },
}

const newPrefix = (): string => `bailiwick-test-${randomBytes(6).toString('hex')}`

/** A store for one test. */
function openStore(options: RedisStoreOptions): RedisStore {
  const store = createRedisStore({ prefix: newPrefix(), ...options })
  onTestFinished(store.close)
  return store
}

sayNotChecked(admin !== undefined, 'Redis: set REDIS_URL')

sayNotChecked(canStartRedis, 'redis-server')

const describeWithServer = ({ keys, send, cut, removeKeys, close }: Admin) =>
  describe('with a server', () => {
    const prefixes: string[] = []
    const usePrefix = (): string => {
      const prefix = newPrefix()
      prefixes.push(prefix)
      return prefix
    }

    afterAll(async () => {
      for (const prefix of prefixes) await removeKeys(prefix)
      close()
    })

    describeStore('Redis', async () => {
      const prefix = usePrefix()
      const [first, second] = [createRedisStore({ url, prefix }), createRedisStore({ url, prefix })]
      return {
        first,
        second,
        dropsExpired: true,
        cut: () => cut(prefix),
        async close() {
          await first.close()
          await second.close()
        },
      }
    })

    const entriesOf = async (prefix: string): Promise<number> => {
      const sets = (await keys(prefix)).filter((key) => !key.startsWith(`${prefix}:record:`))
      const sizes = await Promise.all(sets.map((key) => send('ZCARD', key)))
      return sizes.map(Number).reduce((sum, size) => sum + size, 0)
    }

    it('lives in the time of its own clock', async () => {
      let time = 1000
      const store = openStore({ url, prefix: usePrefix(), now: () => time })
      const mortal = { ...record, expiresAt: 1100.5 }
      await store.insert(mortal)
      time = 1100
      expect(await store.find('session', 'a')).toEqual({ ...mortal, version: 0 })
      time = 1101
      expect(await store.find('session', 'a')).toBeUndefined()
      expect(await store.take('session', 'a')).toBeUndefined()
      expect(await store.replace({ ...mortal, version: 0 })).toBe(false)
      expect(await store.list({ subject: 'alice' }, { limit: 1 })).toEqual({ records: [] })
      expect(await store.removeAll({ subject: 'alice' })).toBe(0)
      expect(await store.insert({ ...record, expiresAt: 1200 })).toBe(true)
    })

    it('has Redis delete what has expired', async () => {
      const prefix = usePrefix()
      const store = openStore({ url, prefix, now: () => 1000 })
      await store.insert({ ...record, id: 'short', expiresAt: 1000.05 })
      await store.insert({ ...record, id: 'longer', expiresAt: 1100 })
      await vi.waitFor(async () => {
        expect(await keys(`${prefix}:record`)).toEqual([`${prefix}:record:session:longer`])
      })
      expect(await send('PTTL', `${prefix}:record:session:longer`)).toBeGreaterThan(90_000)
    })

    it.each([253_402_300_799, Number.MAX_SAFE_INTEGER, 1e300, Infinity])(
      'keeps what expires at %d',
      async (expiresAt) => {
        const store = openStore({ url, prefix: usePrefix() })
        const eternal = { ...record, expiresAt }
        expect(await store.insert(eternal)).toBe(true)
        expect(await store.insert(eternal)).toBe(false)
        expect(await store.replace({ ...eternal, version: 0 })).toBe(true)
        expect(await store.list({ subject: 'alice' }, { limit: 1 })).toEqual({
          records: [{ ...eternal, version: 1 }],
        })
        expect(await store.take('session', 'a')).toEqual({ ...eternal, version: 1 })
      },
    )

    it('keeps no entries of what is over', async () => {
      const prefix = usePrefix()
      const store = openStore({ url, prefix })
      const members = { clientId: 'web', sessionId: 'session', family: 'family' }
      await store.insert({ ...record, ...members })
      expect(await entriesOf(prefix)).toBe(6)
      await store.insert({ ...record, subject: 'bob' })
      await store.replace({ ...record, version: 0 })
      await vi.waitFor(async () => expect(await entriesOf(prefix)).toBe(3))
      await store.replace({ ...record, data: 'other', version: 1 })
      await store.replace({ ...record, subject: 'bob', version: 1 })
      await vi.waitFor(async () => expect(await entriesOf(prefix)).toBe(3))
      await store.take('session', 'a')
      await vi.waitFor(async () => expect(await entriesOf(prefix)).toBe(0))
      await store.insert({ ...record, ...members })
      await store.removeAll({ family: 'family' })
      expect(await entriesOf(prefix)).toBe(0)
    })

    const insertMortals = async (prefix: string): Promise<void> => {
      const store = openStore({ url, prefix, now: () => 1000 })
      await Promise.all(
        Array.from({ length: 64 }, (_, index) =>
          store.insert({ ...record, id: `mortal-${index}`, expiresAt: 1100 }),
        ),
      )
    }

    it('deletes the entries of what has expired, at most so many at once', async () => {
      const prefix = usePrefix()
      await insertMortals(prefix)
      const later = openStore({ url, prefix, now: () => 2000 })
      expect(await entriesOf(prefix)).toBe(64 * 3)
      await later.removeExpired(16)
      expect(await entriesOf(prefix)).toBeGreaterThanOrEqual(48 * 3)
      expect(await entriesOf(prefix)).toBeLessThan(64 * 3)
      for (let round = 0; round < 5; round += 1) await later.removeExpired(1000)
      expect(await entriesOf(prefix)).toBe(0)
    })

    it('deletes entries of what has expired whenever it adds some', async () => {
      const prefix = usePrefix()
      await insertMortals(prefix)
      const later = openStore({ url, prefix, now: () => 2000 })
      for (let index = 0; index < 400; index += 1) {
        await later.insert({ ...record, id: `${index}`, expiresAt: 3000 })
        await later.take('session', `${index}`)
      }
      await vi.waitFor(async () => expect(await entriesOf(prefix)).toBe(0))
    })

    it('finds what has got more time than it had', async () => {
      const prefix = usePrefix()
      const store = openStore({ url, prefix, now: () => 1000 })
      await store.insert({ ...record, expiresAt: 1100 })
      await store.replace({ ...record, expiresAt: 3000, version: 0 })
      const later = openStore({ url, prefix, now: () => 2000 })
      for (let round = 0; round < 5; round += 1) await later.removeExpired(1000)
      expect(await later.list({ subject: 'alice' }, { limit: 1 })).toEqual({
        records: [{ ...record, expiresAt: 3000, version: 1 }],
      })
    })

    it('lets others whose clock is late find what has expired', async () => {
      const prefix = usePrefix()
      await insertMortals(prefix)
      const [early, late] = [1150, 1090].map((time) => openStore({ url, prefix, now: () => time }))
      for (let round = 0; round < 5; round += 1) await early?.removeExpired(1000)
      expect((await late?.list({ subject: 'alice' }, { limit: 100 }))?.records).toHaveLength(64)
    })

    it('deletes entries of what has expired when it meets them', async () => {
      const prefix = usePrefix()
      await insertMortals(prefix)
      const later = openStore({ url, prefix, now: () => 2000 })
      expect(await later.list({ subject: 'alice' }, { limit: 1 })).toEqual({ records: [] })
      await vi.waitFor(async () => expect(await entriesOf(prefix)).toBe(64 * 2))
    })

    it('is not confused by entries whose record was never written', async () => {
      const prefix = usePrefix()
      const store = openStore({ url, prefix })
      const ids = Array.from({ length: 250 }, (_, index) => `${index + 1000}`)
      await Promise.all(ids.map((id) => store.insert({ ...record, id })))
      // What a process leaves behind that dies in the middle: of other records, and of those that there are.
      const ghosts = Array.from({ length: 250 }, (_, index) => `session ${index + 1100}\0f0 4e9`)
      for (const by of ['kind:session', 'subject:"alice"']) {
        await send('ZADD', `${prefix}:by:${by}`, ...ghosts.flatMap((ghost) => ['0', ghost]))
      }
      const listed: string[] = []
      let after: string | undefined
      do {
        const page = await store.list({ subject: 'alice' }, { limit: 60, ...(after && { after }) })
        listed.push(...page.records.map(({ id }) => id))
        after = page.next
      } while (after !== undefined)
      expect(listed).toEqual(ids)
      expect(await store.removeAll({ kind: 'session', subject: 'alice' })).toBe(250)
      expect(await store.list({ subject: 'alice' }, { limit: 1 })).toEqual({ records: [] })
    })

    it('goes on when the server has forgotten the scripts', async () => {
      const store = openStore({ url, prefix: usePrefix() })
      await store.insert(record)
      await send('SCRIPT', 'FLUSH')
      expect(await store.insert(record)).toBe(false)
      await send('SCRIPT', 'FLUSH')
      expect(await store.take('session', 'a')).toEqual({ ...record, version: 0 })
      expect(await store.take('session', 'a')).toBeUndefined()
    })

    it('answers nothing any more when it is closed, and has no connections', async () => {
      const prefix = usePrefix()
      const [used, fresh] = [createRedisStore({ url, prefix }), createRedisStore({ url, prefix })]
      await used.insert(record)
      const asked = fresh.find('session', 'a')
      await Promise.all([used.close(), fresh.close()])
      await expect(asked).rejects.toThrow('the store is closed')
      await expect(used.find('session', 'a')).rejects.toThrow('the store is closed')
      await vi.waitFor(async () =>
        expect(String(await send('CLIENT', 'LIST'))).not.toContain(prefix),
      )
    })

    it('answers what was asked before it is closed', async () => {
      const store = createRedisStore({ url, prefix: usePrefix() })
      await store.insert(record)
      const asked = Promise.all(Array.from({ length: 20 }, () => store.find('session', 'a')))
      await store.close()
      expect(await asked).toHaveLength(20)
    })
  })

if (admin !== undefined) describeWithServer(admin)

it('throws when there is no server, and never says that there is no record', async () => {
  for (const options of [{ url: 'redis://127.0.0.1:1' }, { cluster: ['redis://127.0.0.1:1'] }]) {
    const store = openStore(options)
    await expect(store.connect()).rejects.toThrow(/ECONNREFUSED/)
    await expect(store.find('session', 'a')).rejects.toThrow(/ECONNREFUSED/)
    await expect(store.take('session', 'a')).rejects.toThrow(/ECONNREFUSED/)
    await expect(store.insert(record)).rejects.toThrow(/ECONNREFUSED/)
    await expect(store.list({ subject: 'alice' }, { limit: 1 })).rejects.toThrow(/ECONNREFUSED/)
    await expect(store.removeExpired(10)).rejects.toThrow(/ECONNREFUSED/)
  }
})

it.each<readonly [string, RedisStoreOptions]>([
  ['a URL of something else', { url: 'http://127.0.0.1' }],
  ['a cluster without nodes', { cluster: [] }],
  ['TLS settings for what is not encrypted', { url: 'redis://127.0.0.1', tls: {} }],
])('takes %s for a mistake', (_, options) => {
  expect(() => createRedisStore(options)).toThrow(TypeError)
})

describe.runIf(canStartRedis)('a server that fails', () => {
  let server: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(async () => server.remove())

  const worksAgain = (store: RedisStore): Promise<void> =>
    vi.waitFor(async () => expect(await store.insert({ ...record, id: newPrefix() })).toBe(true), {
      timeout: 5000,
    })

  it('throws while the server is away, and works again when it is back', async () => {
    const store = openStore({ url: server.url })
    await store.insert(record)
    await server.stop()
    for (let round = 0; round < 50; round += 1) {
      await expect(store.find('session', 'a')).rejects.toThrow(/ECONNREFUSED|[Cc]losed/)
    }
    await server.start()
    await worksAgain(store)
  })

  it('throws when the server does not answer in time, and works again when it does', async () => {
    const store = openStore({ url: server.url, timeout: 0.3 })
    await store.insert(record)
    server.pause()
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => store.find('session', 'a')),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toEqual([])
    await expect(store.take('session', 'a')).rejects.toThrow('did not answer within 0.3 seconds')
    server.resume()
    await worksAgain(store)
  })

  it('throws when the server has never answered, and works when it does', async () => {
    server.pause()
    const store = openStore({ url: server.url, timeout: 0.3 })
    await expect(store.connect()).rejects.toThrow('Redis did not answer within 0.3 seconds')
    server.resume()
    await worksAgain(store)
  })

  it('leaves a connection on which nothing comes any more', async () => {
    const proxy = await startProxy(server.port)
    const store = openStore({ url: proxy.url, timeout: 0.3 })
    await store.insert(record)
    proxy.mute()
    await expect(store.find('session', 'a')).rejects.toThrow('did not answer within 0.3 seconds')
    await worksAgain(store)
  })

  it('leaves a server that is not the primary any more', async () => {
    const other = await startRedis()
    onTestFinished(other.remove)
    const proxy = await startProxy(other.port)
    const store = openStore({ url: proxy.url })
    await store.insert(record)
    const beside = await connectAdmin(other.url)
    onTestFinished(beside.close)
    await beside.send('REPLICAOF', '127.0.0.1', '1')
    proxy.leadTo(server.port)
    await expect(store.take('session', 'a')).rejects.toThrow('READONLY')
    await worksAgain(store)
  })
})
