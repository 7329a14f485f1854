import { describe, expect, it } from 'vitest'
import { generateSigningKey } from '../../src/index.js'
import type { AuthorizationServer, KeyDescription, Store } from '../../src/index.js'
import { outage } from '../support/failing-store.js'
import { createCluster, day, daysOf, keyRecords, publishedKids } from '../support/keys.js'
import { post, requestToken, testServer } from '../support/server.js'

const kidOf = async (server: AuthorizationServer): Promise<string> =>
  String((await requestToken(server)).header.kid)

const withStatus = (
  keys: readonly KeyDescription[],
  status: KeyDescription['status'],
): readonly string[] => keys.filter((key) => key.status === status).map(({ kid }) => kid)

describe('rotating keys', () => {
  it('announces a successor before its time', async () => {
    const { node, clock } = createCluster()
    const server = node()
    const first = await kidOf(server)
    const keys = await server.keys.rotate('EdDSA')
    expect(withStatus(keys, 'signing')).toEqual([first])
    const [second] = withStatus(keys, 'announced')
    expect(await publishedKids(server)).toEqual([first, second])
    clock.pass(14 * day)
    expect(await kidOf(server)).toBe(second)
  })

  it('uses the one that is announced already', async () => {
    const { node, store } = createCluster()
    const server = node()
    await requestToken(server)
    expect(await server.keys.rotate()).toEqual(await server.keys.rotate())
    expect(await keyRecords(store)).toHaveLength(2)
  })

  it('makes the first key where there is none, and no second one', async () => {
    const { node } = createCluster()
    expect(await node().keys.list()).toEqual([])
    const keys = await node().keys.rotate('EdDSA', { signs: 'atOnce' })
    expect(keys.map(({ status }) => status)).toEqual(['signing'])
  })

  it.each<[string, boolean]>([
    ['a new one', false],
    ['the announced one', true],
  ])('at once has %s sign, and keeps the old one for its tokens', async (_, isAnnounced) => {
    const { node, clock } = createCluster()
    const server = node()
    const first = await kidOf(server)
    if (isAnnounced) await server.keys.rotate()
    const announced = withStatus(await server.keys.list(), 'announced')
    const keys = await server.keys.rotate(undefined, { signs: 'atOnce' })
    const [second] = withStatus(keys, 'signing')
    expect(second).not.toBe(first)
    if (isAnnounced) expect(announced).toEqual([second])
    expect(await kidOf(server)).toBe(second)
    expect(keys).toHaveLength(2)
    expect(daysOf(keys.find(({ kid }) => kid === first)?.expiresAt)).toBe(14)
    clock.pass(14 * day)
    expect(await publishedKids(server)).toEqual([second])
  })

  it.each(['announced', 'atOnce'] as const)(
    'by many at once makes one successor: %s',
    async (signs) => {
      const { node, store } = createCluster()
      const servers = Array.from({ length: 10 }, () => node())
      await requestToken(node())
      await Promise.all(servers.map(({ keys }) => keys.rotate('EdDSA', { signs })))
      expect(await keyRecords(store)).toHaveLength(2)
      const keys = await node().keys.list()
      expect(withStatus(keys, 'signing')).toHaveLength(1)
    },
  )

  it('by one at once and by others in time ends with a new key that signs', async () => {
    const { node } = createCluster()
    const first = await kidOf(node())
    const servers = Array.from({ length: 9 }, () => node())
    await Promise.all(
      servers.map(({ keys }, index) =>
        keys.rotate('EdDSA', { signs: index === 4 ? 'atOnce' : 'announced' }),
      ),
    )
    const [signing] = withStatus(await node().keys.list(), 'signing')
    expect(signing).not.toBe(first)
  })

  it('refuses an algorithm that the server does not sign with', async () => {
    await expect(createCluster().node().keys.rotate('PS256')).rejects.toThrow(
      new TypeError('this server signs with EdDSA, not with PS256'),
    )
  })
})

/** Something that others wait for. */
function createSignal() {
  let give = (): void => undefined
  const given = new Promise<void>((resolve) => (give = resolve))
  return { given, give: () => give() }
}

describe('revoking a key', () => {
  it('takes it out of the JWK Set at once, and has a new one sign', async () => {
    const { node, events, store } = createCluster()
    const server = node()
    const first = await kidOf(server)
    expect(await server.keys.revoke(first)).toBe(true)
    const kids = await publishedKids(server)
    expect(kids).toHaveLength(1)
    expect(kids).not.toContain(first)
    expect(await kidOf(server)).toBe(kids[0])
    expect(events).toContainEqual({ type: 'key_revoked', kid: first, algorithm: 'EdDSA' })
    // Nothing is left of the private key.
    const mark = (await keyRecords(store)).find(({ id }) => id === 'EdDSA.1')
    expect(mark?.data).not.toHaveProperty('sealed')
  })

  it('has the announced one sign before its time', async () => {
    const { node, clock } = createCluster()
    const server = node()
    const first = await kidOf(server)
    const [second] = withStatus(await server.keys.rotate(), 'announced')
    clock.pass(day)
    await server.keys.revoke(first)
    expect(await kidOf(server)).toBe(second)
    const [key, ...others] = await server.keys.list()
    expect(others).toEqual([])
    expect(key).toMatchObject({ kid: second, status: 'signing', signsFrom: clock.now() })
  })

  it('of the announced one lets the old one go on, and makes another in time', async () => {
    const { node, clock } = createCluster()
    const server = node()
    const first = await kidOf(server)
    const [second = ''] = withStatus(await server.keys.rotate(), 'announced')
    await server.keys.revoke(second)
    expect(await publishedKids(server)).toEqual([first])
    clock.pass(75 * day)
    expect(await publishedKids(server)).toEqual([first])
    clock.pass(day)
    expect(await publishedKids(server)).toHaveLength(2)
  })

  it('of a retired one ends its tokens only', async () => {
    const { node } = createCluster()
    const server = node()
    const first = await kidOf(server)
    await server.keys.rotate('EdDSA', { signs: 'atOnce' })
    const second = await kidOf(server)
    await server.keys.revoke(first)
    expect(await publishedKids(server)).toEqual([second])
    expect(await kidOf(server)).toBe(second)
  })

  it('is noticed by the other servers when they have read the keys again', async () => {
    const { node, clock } = createCluster()
    const [one, other] = [node(), node()]
    const first = await kidOf(other)
    await one.keys.revoke(first)
    clock.pass(60)
    expect(await publishedKids(other)).not.toContain(first)
    expect(await kidOf(other)).toBe(await kidOf(one))
  })

  it('is never undone by an outage of the store', async () => {
    let isDown = false
    const { node } = createCluster((store) => ({
      ...store,
      list: (filter, page) => (isDown ? Promise.reject(outage) : store.list(filter, page)),
    }))
    const server = node()
    await server.keys.revoke(await kidOf(server))
    isDown = true
    expect((await post(server, { grant_type: 'client_credentials' })).status).toBe(503)
  })

  it('is not undone by who has read the keys before', async () => {
    const slow = createSignal()
    const hasRead = createSignal()
    let isSlow = false
    const { node, clock } = createCluster((store) => ({
      ...store,
      list: async (filter, page) => {
        const answer = await store.list(filter, page)
        if (isSlow) {
          isSlow = false
          hasRead.give()
          await slow.given
        }
        return answer
      },
    }))
    const server = node()
    const first = await kidOf(server)
    clock.pass(60)
    isSlow = true
    const underWay = publishedKids(server)
    await hasRead.given
    await server.keys.revoke(first)
    slow.give()
    await underWay
    expect(await publishedKids(server)).not.toContain(first)
  })

  it('that does not exist, or not any more, changes nothing', async () => {
    const { node } = createCluster()
    const server = node()
    const first = await kidOf(server)
    expect(await server.keys.revoke('nobody')).toBe(false)
    expect(await kidOf(server)).toBe(first)
    await server.keys.revoke(first)
    expect(await server.keys.revoke(first)).toBe(false)
  })

  it('by many at once is told to one of them', async () => {
    const { node, events } = createCluster()
    const first = await kidOf(node())
    const servers = Array.from({ length: 10 }, () => node())
    const answers = await Promise.all(servers.map(({ keys }) => keys.revoke(first)))
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(events.filter(({ type }) => type === 'key_revoked')).toHaveLength(1)
    const kids = await Promise.all(servers.map(kidOf))
    expect(new Set(kids).size).toBe(1)
  })
})

describe('whatever several servers do to the keys at once', () => {
  it('one key signs in the end, the same for all', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { node, store, clock } = createCluster(withDelays(round))
      const servers = [node(), node(), node()]
      const first = await kidOf(node())
      await Promise.all([
        servers[0]?.keys.revoke(first),
        servers[1]?.keys.rotate('EdDSA', { signs: round % 2 === 0 ? 'atOnce' : 'announced' }),
        servers[2]?.keys.rotate(),
        publishedKids(node()),
      ])
      clock.pass(60)
      const kids = await Promise.all([...servers, node()].map(kidOf))
      expect(new Set(kids).size).toBe(1)
      expect(kids).not.toContain(first)
      const keys = await node().keys.list()
      expect(withStatus(keys, 'signing')).toEqual([kids[0]])
      expect(withStatus(keys, 'announced').length).toBeLessThanOrEqual(1)
      expect((await keyRecords(store)).length).toBeLessThanOrEqual(4)
    }
  })
})

/** A store whose answers come in another order in each round. */
function withDelays(round: number): (store: Store) => Store {
  let seed = round + 1
  async function delayed<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    seed = (seed * 48_271) % 2_147_483_647
    for (let turn = seed % 7; turn > 0; turn -= 1) await Promise.resolve()
    const answer = await work()
    for (let turn = seed % 5; turn > 0; turn -= 1) await Promise.resolve()
    return answer
  }
  return (store) => ({
    ...store,
    insert: (record) => delayed(() => store.insert(record)),
    replace: (record) => delayed(() => store.replace(record)),
    list: (filter, page) => delayed(() => store.list(filter, page)),
  })
}

describe('keys that the options name', () => {
  const keys = [
    { ...generateSigningKey('ES256'), kid: 'new' },
    { ...generateSigningKey('ES256'), kid: 'old' },
    { ...generateSigningKey('EdDSA'), kid: 'other' },
  ] as const
  const server = testServer({ signingKeys: keys })

  it('are listed', async () => {
    expect(await server.keys.list()).toEqual([
      { kid: 'new', algorithm: 'ES256', status: 'signing' },
      { kid: 'old', algorithm: 'ES256', status: 'retired' },
      { kid: 'other', algorithm: 'EdDSA', status: 'signing' },
    ])
  })

  it('are changed in the options', async () => {
    await expect(server.keys.rotate()).rejects.toThrow(TypeError)
    await expect(server.keys.revoke('old')).rejects.toThrow(/those of its option signingKeys/)
  })
})
