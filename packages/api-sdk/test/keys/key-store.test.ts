import { randomBytes } from 'node:crypto'
import { env } from 'node:process'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { connectAdmin } from '../../../store-redis/test/support/admin.js'
import type { Admin } from '../../../store-redis/test/support/admin.js'
import { sayNotChecked } from '../../../../tests/support/say-not-checked.js'
import { createResourceServer } from '../../src/index.js'
import type { JwksOptions, KeyStore, ResourceServerEvent } from '../../src/index.js'
import { createTestIssuer } from '../../src/testing.js'
import { createNetwork } from '../support/fake-network.js'
import { createApi } from '../support/readme-key-store.js'
import { createKey, issuer, now, resource, tokenOf, weakKey } from '../support/test-issuer.js'
import { unhandledDuring } from '../support/unhandled.js'
import { createWorld, jwksUri } from '../support/world.js'
import type { World } from '../support/world.js'

/** A store in the memory of the test, with what was set last as the text that Redis would have. */
interface TestStore extends KeyStore {
  readonly texts: Map<string, string>
  readonly lifetimes: readonly number[]
  readonly reads: () => number
}

function createStore(): TestStore {
  const texts = new Map<string, string>()
  const lifetimes: number[] = []
  let reads = 0
  return {
    texts,
    lifetimes,
    reads: () => reads,
    get: async (name) => {
      reads += 1
      return JSON.parse(texts.get(name) ?? 'null')
    },
    set: async (name, snapshot, lifetime) => {
      texts.set(name, JSON.stringify(snapshot))
      lifetimes.push(lifetime)
    },
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const next = createKey('ES256', 'k2')
const attacker = createKey('ES256', 'k1')
const longLived = { exp: 1_900_000_000 }

/** A process of the API that uses the store. */
const startWith = (store: KeyStore, jwks: JwksOptions = {}): World =>
  createWorld({ jwks: { ...jwks, store } })

/** A store that one process has filled. */
async function filledStore(): Promise<TestStore> {
  const store = createStore()
  const world = startWith(store)
  expect(await world.outcome(world.token())).toBe('alice')
  await settle()
  return store
}

const failuresOf = ({ events }: World): readonly ResourceServerEvent[] =>
  events.filter(({ type }) => type === 'key_store_failed')

/** Moves the clocks of several processes, by seconds. */
function passAll(seconds: number, ...worlds: readonly World[]): void {
  for (const world of worlds) world.pass(seconds)
}

describe('a store of keys', () => {
  it('saves every other process all requests to the issuer', async () => {
    const testIssuer = await createTestIssuer({ audience: resource })
    const store = createStore()
    const start = () =>
      createResourceServer({
        resource,
        issuers: testIssuer.issuerOptions,
        fetch: testIssuer.fetch,
        now: testIssuer.now,
        jwks: { store },
      })
    const [first, second] = [start(), start()]
    await first.ready()
    await settle()
    const fetched = testIssuer.requests.length
    expect(fetched).toBe(2)
    await second.ready()
    const auth = await second.verify(await testIssuer.token())
    expect(auth.issuer).toBe(testIssuer.issuer)
    expect(testIssuer.requests).toHaveLength(fetched)

    await testIssuer.rotateKeys()
    testIssuer.pass(31)
    const rotated = await testIssuer.token()
    await second.verify(rotated)
    await settle()
    const afterRotation = testIssuer.requests.length
    expect(afterRotation).toBe(fetched + 2)
    await first.verify(rotated)
    expect(testIssuer.requests).toHaveLength(afterRotation)
  })

  it('gets what a snapshot has of the issuer, for as long as it may be used', async () => {
    const store = createStore()
    const world = startWith(store)
    world.publish([{ ...world.key.privateKey.export({ format: 'jwk' }), kid: 'k1' }])
    await world.api.ready()
    await settle()
    const kept: unknown = JSON.parse(store.texts.get(issuer) ?? '')
    expect({ issuers: [kept] }).toEqual(world.api.snapshot())
    expect(JSON.stringify(kept)).not.toContain('"d"')
    expect(store.lifetimes).toEqual([600 + 3600])
  })

  it('gives keys as old as they are', async () => {
    const store = await filledStore()
    const world = startWith(store)
    world.pass(400)
    expect(await world.outcome(world.token(longLived))).toBe('alice')
    expect(world.api.health()).toEqual([{ issuer, state: 'fresh', ageSeconds: 400 }])
    expect(world.network.requests).toEqual([])
    expect(world.events.map(({ type }) => type)).not.toContain('keys_loaded')
  })

  it('is not asked while there are fresh keys at hand', async () => {
    const store = await filledStore()
    const world = startWith(store)
    await world.outcome(world.token())
    const reads = store.reads()
    world.pass(300)
    expect(await world.outcome(world.token())).toBe('alice')
    expect(store.reads()).toBe(reads)
  })

  it('is asked ahead of the age of keys whether another process has fetched', async () => {
    const store = createStore()
    const [first, second] = [startWith(store), startWith(store)]
    await first.api.ready()
    await settle()
    await second.api.ready()
    passAll(480, first, second)
    await first.outcome(first.token(longLived))
    await settle()
    expect(first.network.requests).toHaveLength(2)
    await second.outcome(second.token(longLived))
    await settle()
    expect(second.network.requests).toEqual([])
    expect(second.api.health()).toEqual([{ issuer, state: 'fresh', ageSeconds: 0 }])
  })

  it('does not keep anybody from the issuer when its keys are due themselves', async () => {
    const store = await filledStore()
    const world = startWith(store)
    world.pass(481)
    expect(await world.outcome(world.token(longLived))).toBe('alice')
    expect(world.network.requests).toHaveLength(1)
    expect(world.api.health()).toMatchObject([{ ageSeconds: 0 }])
  })

  it('does not answer for the issuer about an unknown key', async () => {
    const store = await filledStore()
    const world = startWith(store)
    await world.outcome(world.token())
    world.publish([world.key.jwk, next.jwk])
    expect(await world.outcome(tokenOf(next))).toBe('alice')
    expect(world.network.requests).toHaveLength(1)
  })

  it('does not answer about an unknown key with later keys that lack it either', async () => {
    const store = createStore()
    const [first, second] = [startWith(store), startWith({ ...store, get: () => undefined })]
    await first.api.ready()
    passAll(10, first, second)
    await second.api.ready()
    await settle()
    expect(store.texts.get(issuer)).toContain(String(now + 10))
    first.publish([first.key.jwk, next.jwk])
    passAll(30, first, second)
    expect(await first.outcome(tokenOf(next))).toBe('alice')
  })

  it('does not answer those who wait for another key than who asked it', async () => {
    const store = await filledStore()
    const world = startWith(store)
    await world.api.ready()
    const third = createKey('ES256', 'k3')
    const other = startWith(store)
    other.publish([world.key.jwk, next.jwk])
    passAll(60, world, other)
    await other.outcome(tokenOf(next))
    await settle()
    world.publish([world.key.jwk, next.jwk, third.jwk])
    const outcomes = await Promise.all([next, third].map((key) => world.outcome(tokenOf(key))))
    expect(outcomes).toEqual(['alice', 'alice'])
    expect(world.network.requests).toHaveLength(1)
  })

  it('does not answer those who come while its answer is read either, at whatever moment', async () => {
    const third = createKey('ES256', 'k3')
    for (let moment = 0; moment < 40; moment += 1) {
      const world = createWorld({ jwks: { store: { get: () => kept, set: () => undefined } } })
      let kept: unknown
      await world.api.ready()
      world.pass(60)
      world.publish([world.key.jwk, next.jwk, third.jwk])
      kept = { issuer, keys: [world.key.jwk, next.jwk], maxAge: 600, loadedAt: now + 50 }
      // Not as requests, which would wait for each other first.
      const first = world.api.verify(tokenOf(next))
      for (let turn = 0; turn < moment; turn += 1) await Promise.resolve()
      const callers = await Promise.all([first, world.api.verify(tokenOf(third))])
      expect(callers.map(({ subject }) => subject)).toEqual(['alice', 'alice'])
    }
  })

  it('W02 is asked as rarely as the issuer when unknown keys flood in', async () => {
    const store = await filledStore()
    const world = startWith(store)
    await world.outcome(world.token())
    const reads = store.reads()
    for (let request = 0; request < 20; request += 1) {
      expect(await world.outcome(world.token({}, { kid: `x${request}` }))).toBe('unknown_key')
    }
    expect(world.network.requests).toHaveLength(1)
    expect(store.reads()).toBe(reads + 1)
  })

  it('has keys for APIs with other algorithms, too', async () => {
    const store = createStore()
    const rsa = createKey('RS256', 'rsa')
    const strict = createWorld({ algorithms: ['ES256'], jwks: { store } })
    strict.publish([strict.key.jwk, rsa.jwk, { kty: 'oct', k: 'c2VjcmV0', kid: 'oct' }])
    await strict.api.ready()
    await settle()
    expect(store.texts.get(issuer)).not.toContain('c2VjcmV0')
    const world = startWith(store)
    expect(await world.outcome(tokenOf(rsa))).toBe('alice')
    expect(world.network.requests).toEqual([])
  })

  it('has keys that are used while the issuer is down, and then no more', async () => {
    const store = await filledStore()
    const start = (seconds: number): World => {
      const world = startWith(store)
      world.network.cut(true)
      world.pass(seconds)
      return world
    }
    const late = start(4200)
    expect(await late.outcome(late.token(longLived))).toBe('alice')
    expect(late.events).toContainEqual({ type: 'stale_keys_used', issuer })
    const tooLate = start(4201)
    expect(await tooLate.outcome(tooLate.token(longLived))).toBe('keys_unavailable')
  })

  it('is not asked about keys of the configuration', async () => {
    const store = await filledStore()
    const reads = store.reads()
    const { jwk } = next
    const world = createWorld({ issuers: { issuer, jwks: { keys: [jwk] } }, jwks: { store } })
    expect(await world.outcome(world.token())).toBe('unknown_key')
    expect(store.reads()).toBe(reads)
  })

  const never = new Promise<never>(() => undefined)
  const refuse = (): never => {
    throw new Error('no connection')
  }
  const entry = { issuer, keys: [attacker.jwk], maxAge: 600, loadedAt: now }

  it.each<[string, () => unknown]>([
    ['throws', refuse],
    ['rejects', () => Promise.reject(new Error('no connection'))],
    ['hangs', () => never],
    ['gives a text', () => JSON.stringify(entry)],
    ['gives a number', () => 0],
    ['gives a list', () => [entry]],
    ['gives a JWKS', () => ({ keys: [attacker.jwk] })],
    ['gives keys of another issuer', () => ({ ...entry, issuer: 'https://other.example' })],
    ['gives keys from the future', () => ({ ...entry, loadedAt: now + 1 })],
    ['gives keys without age', () => ({ ...entry, loadedAt: undefined })],
    ['gives keys that are good for ever', () => ({ ...entry, maxAge: 1e9 })],
    ['gives too many keys', () => ({ ...entry, keys: Array(101).fill(attacker.jwk) })],
    ['gives weak keys', () => ({ ...entry, keys: [weakKey('k1').jwk] })],
    ['gives no keys', () => ({ ...entry, keys: [] })],
    ['gives more than that', () => ({ ...entry, jwksUri: 'https://evil.example' })],
  ])('that %s costs a request to the issuer, and an event tells', async (_, get) => {
    const world = startWith({ get, set: () => undefined }, { storeTimeout: 0.02 })
    expect(await world.outcome(world.token())).toBe('alice')
    expect(await world.outcome(tokenOf(attacker))).toBe('invalid_signature')
    expect(world.network.requests).toHaveLength(1)
    expect(failuresOf(world)).toEqual([
      { type: 'key_store_failed', issuer, cause: expect.any(Error) },
    ])
    expect(JSON.stringify(failuresOf(world))).not.toContain(String(attacker.jwk.x))
  })

  it.each([undefined, null])('that has %s is empty, which is no failure', async (value) => {
    const world = startWith({ get: () => value, set: () => undefined })
    expect(await world.outcome(world.token())).toBe('alice')
    expect(failuresOf(world)).toEqual([])
  })

  it('has nothing of use once its keys are older than keys may be', async () => {
    const loadedAt = now - 600 - 3600 - 1
    const old = { ...entry, loadedAt }
    const world = startWith({ get: () => old, set: () => undefined })
    world.network.cut(true)
    expect(await world.outcome(tokenOf(attacker))).toBe('keys_unavailable')
  })

  it.each<[string, () => unknown]>([
    ['throws', refuse],
    ['rejects', () => Promise.reject(new Error('read only'))],
    ['hangs', () => never],
  ])('that %s when it is written to holds up no request', async (_, set) => {
    const world = startWith({ get: () => undefined, set }, { storeTimeout: 0.02 })
    const unhandled = await unhandledDuring(async () => {
      expect(await world.outcome(world.token())).toBe('alice')
      await expect.poll(() => failuresOf(world)).toHaveLength(1)
    })
    expect(unhandled).toEqual([])
  })

  it('decides which tokens are good, so that whoever writes to it has to be trusted', async () => {
    const world = startWith({ get: () => entry, set: () => undefined })
    expect(await world.outcome(tokenOf(attacker))).toBe('alice')
  })
})

const admin = await connectAdmin(env['REDIS_URL'] ?? 'redis://127.0.0.1:6379').catch(
  () => undefined,
)

sayNotChecked(admin !== undefined, 'Redis: set REDIS_URL')

const describeWithServer = ({ send, removeKeys, close }: Admin) =>
  describe('a store of keys in Redis', () => {
    const prefix = `bailiwick-test-${randomBytes(6).toString('hex')}:`

    afterAll(async () => {
      vi.unstubAllGlobals()
      await removeKeys(prefix)
      close()
    })

    /** A client that keeps to the keys of this test. */
    const redis: Parameters<typeof createApi>[0] = {
      get: async (key) => {
        const text = await send('GET', prefix + key)
        return typeof text === 'string' ? text : null
      },
      set: (key, text, { EX }) => send('SET', prefix + key, text, 'EX', String(EX)),
    }

    it('is shared as the README shows, and forgets by itself', async () => {
      const network = createNetwork()
      network.serveJson(`${issuer}/.well-known/openid-configuration`, { issuer, jwks_uri: jwksUri })
      network.serveJson(jwksUri, { keys: [next.jwk] })
      vi.stubGlobal('fetch', network.fetch)
      await createApi(redis).ready()
      await expect.poll(() => send('TTL', `${prefix}keys:${issuer}`)).toBeGreaterThan(4190)
      expect(network.requests).toHaveLength(2)
      const second = createApi(redis)
      await second.ready()
      expect(network.requests).toHaveLength(2)
      expect(second.snapshot().issuers).toMatchObject([{ keys: [{ kid: 'k2' }] }])
    })
  })

if (admin !== undefined) describeWithServer(admin)
