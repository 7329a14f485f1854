import { describe, expect, it } from 'vitest'
import { createLoginThrottle, createMemoryStore } from '../../src/index.js'
import type {
  LoginAttempt,
  LoginThrottle,
  LoginThrottleOptions,
  NewRecord,
  Store,
} from '../../src/index.js'
import { settlingStore } from '../../src/settling-store.js'
import { failingStore, outage } from '../support/failing-store.js'

/** A throttle whose clock shows 1000 until it is told otherwise. */
function world(options: Partial<LoginThrottleOptions> = {}) {
  const clock = { time: 1000 }
  const now = () => clock.time
  const store = options.store ?? createMemoryStore({ now })
  const create = () => createLoginThrottle({ now, ...options, store })
  return { clock, store, create, throttle: create() }
}

const from = (remoteAddress: string | undefined, username = 'alice'): LoginAttempt => ({
  username,
  remoteAddress,
})
const home = from('192.0.2.1')

/** Tries one after another, and gives what each was told. */
async function tryAll(
  throttle: LoginThrottle,
  attempts: readonly LoginAttempt[],
): Promise<(number | undefined)[]> {
  const waits = []
  for (const attempt of attempts) waits.push(await throttle.begin(attempt))
  return waits
}

const times = (count: number, attempt: LoginAttempt): LoginAttempt[] =>
  Array.from({ length: count }, () => attempt)

const passed = (waits: readonly (number | undefined)[]): number =>
  waits.filter((wait) => wait === undefined).length

describe('attempts at one account from one address', () => {
  it('are ten in five minutes', async () => {
    const { throttle } = world()
    const waits = await tryAll(throttle, times(12, home))
    expect(waits).toEqual([...Array.from({ length: 10 }, () => undefined), 300, 300])
  })

  it('wait for the end of the five minutes, and no longer however often they come', async () => {
    const { throttle, clock } = world()
    await tryAll(throttle, times(10, home))
    for (const time of [1000, 1100, 1299]) {
      clock.time = time
      expect(await throttle.begin(home)).toBe(1300 - time)
    }
    clock.time = 1300
    expect(passed(await tryAll(throttle, times(12, home)))).toBe(10)
  })

  it('wait for five minutes after the first of them, not after the last', async () => {
    const { throttle, clock } = world()
    await tryAll(throttle, times(9, home))
    clock.time = 1200
    expect(await tryAll(throttle, times(2, home))).toEqual([undefined, 100])
  })

  it('wait whole seconds, and never none', async () => {
    const { throttle, clock } = world()
    await tryAll(throttle, times(10, home))
    clock.time = 1299.9
    expect(await throttle.begin(home)).toBe(1)
  })

  it.each([
    ['in another case', 'ALICE'],
    ['with spaces around it', ' alice\t'],
    ['in full width', 'ａｌｉｃｅ'],
    ['after a no-break space', '\u00A0Alice'],
  ])('count together when the name is typed %s', async (_, username) => {
    const { throttle } = world()
    await tryAll(throttle, times(10, home))
    expect(await throttle.begin(from('192.0.2.1', username))).toBe(300)
  })

  it.each([
    ['Straße', 'STRASSE'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['e\u0301ve', '\u00C9VE'],
  ])('count together as %s and %s', async (one, other) => {
    const { throttle } = world()
    await tryAll(throttle, times(10, from('192.0.2.1', one)))
    expect(await throttle.begin(from('192.0.2.1', other))).toBe(300)
  })

  it.each([
    ['another account', from('192.0.2.1', 'alicia')],
    ['another address', from('192.0.2.2')],
    ['an unknown address', from(undefined)],
    ['a name that begins with what the address does', from('2.0.2.1', 'alice19')],
  ])('are not held against %s', async (_, other) => {
    const { throttle } = world()
    await tryAll(throttle, times(11, home))
    expect(await throttle.begin(other)).toBeUndefined()
  })

  it('count together for all addresses that are unknown', async () => {
    const { throttle } = world()
    expect(passed(await tryAll(throttle, times(20, from(undefined))))).toBe(10)
  })

  it('let ten of fifty pass that come at once, at two servers with one store', async () => {
    const { create } = world()
    const throttles = [create(), create()] as const
    const waits = await Promise.all(
      Array.from({ length: 50 }, (_, index) => throttles[index % 2 === 0 ? 0 : 1].begin(home)),
    )
    expect(passed(waits)).toBe(10)
    expect(new Set(waits)).toEqual(new Set([undefined, 300]))
  })
})

describe('attempts at one account from everywhere', () => {
  const many = (count: number): LoginAttempt[] =>
    Array.from({ length: count }, (_, index) => from(`198.51.100.${index}`))

  it('are a hundred in fifteen minutes', async () => {
    const { throttle, clock } = world()
    expect(passed(await tryAll(throttle, many(100)))).toBe(100)
    expect(await throttle.begin(home)).toBe(900)
    expect(await throttle.begin(from('192.0.2.1', 'bob'))).toBeUndefined()
    clock.time = 1900
    expect(await throttle.begin(home)).toBeUndefined()
  })

  it('cannot be used up from one address', async () => {
    const { throttle, clock } = world()
    for (const time of [1000, 1300, 1600]) {
      clock.time = time
      expect(passed(await tryAll(throttle, times(150, from('203.0.113.66'))))).toBe(10)
    }
    expect(passed(await tryAll(throttle, times(10, home)))).toBe(10)
  })

  it('count nowhere else while they have to wait', async () => {
    const { throttle, clock } = world()
    await tryAll(throttle, many(100))
    clock.time = 1800
    await tryAll(throttle, times(50, home))
    clock.time = 1900
    expect(passed(await tryAll(throttle, times(11, home)))).toBe(10)
  })
})

describe('attempts from one address at all accounts', () => {
  const spray = (count: number, remoteAddress: string | undefined): LoginAttempt[] =>
    Array.from({ length: count }, (_, index) => from(remoteAddress, `user-${index}`))

  it('are a hundred in five minutes', async () => {
    const { throttle, clock } = world()
    const waits = await tryAll(throttle, spray(102, '192.0.2.1'))
    expect(waits.slice(98)).toEqual([undefined, undefined, 300, 300])
    expect(await throttle.begin(from('192.0.2.2'))).toBeUndefined()
    clock.time = 1300
    expect(await throttle.begin(home)).toBeUndefined()
  })

  it('are not limited when the address is unknown, as everybody would be', async () => {
    const { throttle } = world()
    expect(passed(await tryAll(throttle, spray(150, undefined)))).toBe(150)
  })

  it('store nothing about names while they have to wait', async () => {
    const { throttle, store } = world()
    await tryAll(throttle, spray(100, '192.0.2.1'))
    const count = async () =>
      (await store.list({ kind: 'login_attempts' }, { limit: 1000 })).records
    const before = await count()
    await throttle.begin(from('192.0.2.1', 'somebody else'))
    expect(await count()).toEqual(before)
  })

  it.each([
    ['two addresses of one IPv6 network', '2001:db8:1:2::1', '2001:db8:1:2:ffff:0:0:9'],
    ['two ways to write one', '2001:DB8:0:0:0::1', '2001:db8::1'],
    ['an address and its zone', 'fe80::1%eth0', 'fe80::1%eth1'],
    ['an IPv4 address and how a socket for IPv6 shows it', '192.0.2.1', '::ffff:192.0.2.1'],
  ])('count together for %s', async (_, one, other) => {
    const { throttle } = world()
    await tryAll(throttle, spray(100, one))
    expect(await throttle.begin(from(other))).toBe(300)
  })

  it.each([
    ['two IPv6 networks', '2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['two IPv4 addresses that a socket for IPv6 shows', '::ffff:192.0.2.1', '::ffff:192.0.2.2'],
    ['two IPv4 addresses in groups', '::ffff:c000:201', '::ffff:c000:202'],
    ['what is no address', 'proxy-1', 'proxy-2'],
  ])('do not count together for %s', async (_, one, other) => {
    const { throttle } = world()
    await tryAll(throttle, spray(101, one))
    expect(await throttle.begin(from(other))).toBeUndefined()
  })
})

describe('several limits', () => {
  it('make an attempt wait for the last of them', async () => {
    const { throttle } = world({
      perAccountAndAddress: { attempts: 1, within: 20 },
      perAccount: { attempts: 1, within: 30 },
      perAddress: { attempts: 1, within: 10 },
    })
    expect(await tryAll(throttle, times(2, home))).toEqual([undefined, 30])
  })

  it.each<readonly [keyof LoginThrottleOptions, number, number]>([
    ['perAccountAndAddress', 0, 300],
    ['perAccount', 1.5, 300],
    ['perAddress', Number.NaN, 300],
    ['perAccount', 10, 0],
    ['perAddress', 10, Infinity],
    ['perAccountAndAddress', 10, Number.NaN],
  ])('cannot be made with %s of %d attempts in %d seconds', (name, attempts, within) => {
    expect(() => world({ [name]: { attempts, within } })).toThrow(
      new TypeError(`${name} needs a whole number of attempts and of seconds, from 1 on`),
    )
  })
})

describe('an attempt that was right', () => {
  it('is forgotten, with those before it', async () => {
    const { throttle } = world()
    await tryAll(throttle, times(9, home))
    await throttle.begin(home)
    await throttle.succeed(from('192.0.2.1', 'Alice '))
    expect(passed(await tryAll(throttle, times(11, home)))).toBe(10)
  })

  it('changes nothing for the account at other addresses', async () => {
    const { throttle } = world()
    await tryAll(throttle, times(10, from('203.0.113.66')))
    await throttle.succeed(home)
    expect(await throttle.begin(from('203.0.113.66'))).toBe(300)
  })

  it('still counts for the address, so that an account of one’s own resets nothing', async () => {
    const { throttle } = world()
    for (const [index, attempt] of times(100, from('203.0.113.66', 'mallory')).entries()) {
      await throttle.begin({ ...attempt, username: `mallory-${index}` })
      await throttle.succeed({ ...attempt, username: `mallory-${index}` })
    }
    expect(await throttle.begin(from('203.0.113.66'))).toBe(300)
  })
})

describe('what a throttle stores', () => {
  it('names neither accounts nor addresses', async () => {
    const inserted: NewRecord[] = []
    const memory = createMemoryStore()
    const store: Store = {
      ...memory,
      insert(record) {
        inserted.push(record)
        return memory.insert(record)
      },
    }
    await createLoginThrottle({ store }).begin(from('192.0.2.1', 'alice@example.com'))
    expect(inserted).toHaveLength(3)
    for (const { kind, id } of inserted) {
      expect(kind).toBe('login_attempts')
      expect(Buffer.from(id, 'base64')).toHaveLength(32)
    }
    expect(JSON.stringify(inserted)).not.toMatch(/alice|192\.0\.2/i)
  })

  it('expires with the time in which it counts', async () => {
    const { throttle, store } = world()
    await throttle.begin(home)
    const { records } = await store.list({ kind: 'login_attempts' }, { limit: 10 })
    const expiries = records.map(({ expiresAt }) => expiresAt)
    expect(expiries.toSorted((a, b) => a - b)).toEqual([1300, 1300, 1900])
  })
})

describe('a store that does not do what it should', () => {
  it('lets nobody through uncounted when writes of some fail that others are making', async () => {
    const memory = createMemoryStore({ now: () => 1000 })
    let writes = 0
    // Of ten who write at once the first is answered, and the others are when they try again.
    async function write(work: () => Promise<boolean>): Promise<boolean> {
      writes += 1
      if (writes > 1 && writes <= 10) throw outage
      return work()
    }
    const { throttle } = world({
      store: settlingStore({
        ...memory,
        insert: (record) => write(() => memory.insert(record)),
        replace: (record) => write(() => memory.replace(record)),
      }),
      perAccountAndAddress: { attempts: 3, within: 300 },
    })
    const waits = await Promise.all(times(10, home).map((attempt) => throttle.begin(attempt)))
    expect(passed(waits)).toBe(3)
  })

  it('makes an attempt wait a moment that cannot be counted, and does not try for ever', async () => {
    let tries = 0
    const store: Store = {
      ...createMemoryStore(),
      insert: async () => {
        tries += 1
        return false
      },
    }
    expect(await createLoginThrottle({ store }).begin(home)).toBe(1)
    expect(tries).toBeGreaterThan(10)
    expect(tries).toBeLessThan(100)
  })

  it.each(['insert', 'find', 'replace', 'take'] as const)(
    'fails as temporarily_unavailable when %s fails',
    async (method) => {
      const throttle = createLoginThrottle({ store: failingStore([method]) })
      const work = async () => {
        await tryAll(throttle, times(2, home))
        await throttle.succeed(home)
      }
      await expect(work()).rejects.toMatchObject({
        code: 'temporarily_unavailable',
        status: 503,
        headers: { 'retry-after': '5' },
        cause: outage,
      })
    },
  )
})
