import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import type {
  AdministrationFilter,
  AuthorizationServer,
  Client,
  GrantDetails,
  Store,
} from '../../src/index.js'
import { failingStore, outage } from '../support/failing-store.js'
import { createEventLog, isSignedIn } from '../support/logout.js'
import type { EventLog } from '../support/logout.js'
import {
  authorizeWith,
  createBrowser,
  createClock,
  peopleServer,
  redeem,
  refresh,
  spa,
  web,
} from '../support/people.js'
import type { TestBrowser } from '../support/people.js'
import { bodyOf, get, now } from '../support/server.js'

const clients: readonly Client[] = [web, spa].map((client) => ({
  ...client,
  backChannelLogoutUri: `https://${client.clientId}.example.com/logout`,
}))

/** What a client was told: its id, and whose session has ended. */
type Told = readonly [clientId: unknown, subject: unknown, sessionId: unknown]

interface World {
  readonly server: AuthorizationServer
  readonly told: readonly Told[]
  readonly log: EventLog
  readonly pass: (seconds: number) => void
}

function createWorld(
  changes: Partial<Client> = {},
  wrap: (store: Store) => Store = (store) => store,
): World {
  const told: Told[] = []
  const log = createEventLog()
  const clock = createClock()
  const server = peopleServer({
    clients: clients.map((client) => ({ ...client, ...changes })),
    now: clock.now,
    store: wrap(createMemoryStore({ now: clock.now })),
    onEvent: log.onEvent,
    fetch: async (_, { body }) => {
      if (typeof body !== 'string') throw new TypeError('no form')
      const token = new URLSearchParams(body).get('logout_token') ?? ''
      const { aud, sub, sid } = decodeJwt(token)
      told.push([aud, sub, sid])
      return new Response()
    },
  })
  return { server, told, log, pass: clock.pass }
}

/** What somebody has after signing in at a client. */
interface SignedIn {
  readonly browser: TestBrowser
  readonly clientId: string
  readonly sessionId: string
  readonly refreshToken: string
}

async function signIn(
  { server }: World,
  subject: string,
  clientId: string,
  browser = createBrowser(server),
): Promise<SignedIn> {
  const query = { client_id: clientId, scope: 'openid read offline_access' }
  const answer = await authorizeWith(server, query, {
    browser,
    login: { subject, amr: ['pwd'] },
    remember: true,
  })
  const code = answer.searchParams.get('code')
  const body = bodyOf(await redeem(server, code, clientId === 'web' ? {} : { client_id: clientId }))
  return {
    browser,
    clientId,
    sessionId: String(decodeJwt(String(body['id_token']))['sid']),
    refreshToken: String(body['refresh_token']),
  }
}

const canRefresh = async (
  { server }: World,
  { refreshToken, clientId }: SignedIn,
): Promise<boolean> => {
  const changes = clientId === 'web' ? {} : { client_id: clientId }
  return (await refresh(server, refreshToken, changes)).status === 200
}

/** Alice at two clients in one browser and at one in another, and bob. */
async function populate(world: World) {
  const aliceAtWeb = await signIn(world, 'alice', 'web')
  const aliceAtSpa = await signIn(world, 'alice', 'spa', aliceAtWeb.browser)
  const aliceElsewhere = await signIn(world, 'alice', 'web')
  const bob = await signIn(world, 'bob', 'web')
  return { aliceAtWeb, aliceAtSpa, aliceElsewhere, bob }
}

type People = Awaited<ReturnType<typeof populate>>

const everybody = ['aliceAtWeb', 'aliceAtSpa', 'aliceElsewhere', 'bob'] as const

type Person = (typeof everybody)[number]

async function thoseWho(
  people: People,
  may: (person: SignedIn) => Promise<boolean>,
): Promise<readonly Person[]> {
  const answers = await Promise.all(everybody.map((name) => may(people[name])))
  return everybody.filter((_, index) => answers[index])
}

interface Revocation {
  readonly name: string
  readonly filter: (people: People) => AdministrationFilter
  readonly mayRefresh: readonly Person[]
  readonly areSignedIn: readonly Person[]
  /** Whose client is told, with whose session. */
  readonly areTold: readonly Person[]
  readonly sessions: number
}

const revocations: readonly Revocation[] = [
  {
    name: 'a user',
    filter: () => ({ subject: 'alice' }),
    mayRefresh: ['bob'],
    areSignedIn: ['bob'],
    areTold: ['aliceAtWeb', 'aliceAtSpa', 'aliceElsewhere'],
    sessions: 2,
  },
  {
    name: 'a session',
    filter: ({ aliceAtWeb: { sessionId } }) => ({ sessionId }),
    mayRefresh: ['aliceElsewhere', 'bob'],
    areSignedIn: ['aliceElsewhere', 'bob'],
    areTold: ['aliceAtWeb', 'aliceAtSpa'],
    sessions: 1,
  },
  {
    name: 'a client',
    filter: () => ({ clientId: 'web' }),
    mayRefresh: ['aliceAtSpa'],
    areSignedIn: [...everybody],
    areTold: ['aliceAtWeb', 'aliceElsewhere', 'bob'],
    sessions: 0,
  },
  {
    name: 'a client of a user',
    filter: () => ({ subject: 'alice', clientId: 'spa' }),
    mayRefresh: ['aliceAtWeb', 'aliceElsewhere', 'bob'],
    areSignedIn: [...everybody],
    areTold: ['aliceAtSpa'],
    sessions: 0,
  },
  {
    name: 'a client in a session',
    filter: ({ aliceAtWeb: { sessionId } }) => ({ sessionId, clientId: 'web' }),
    mayRefresh: ['aliceAtSpa', 'aliceElsewhere', 'bob'],
    areSignedIn: [...everybody],
    areTold: ['aliceAtWeb'],
    sessions: 0,
  },
  {
    name: 'nobody',
    filter: () => ({ subject: 'carol' }),
    mayRefresh: [...everybody],
    areSignedIn: [...everybody],
    areTold: [],
    sessions: 0,
  },
]

describe.each(revocations)('revoking by $name', (revocation) => {
  const { filter, mayRefresh, areSignedIn, areTold, sessions } = revocation

  it('ends the sessions and the grants, and no others', async () => {
    const world = createWorld()
    const people = await populate(world)
    const ended = await world.server.administration.revoke(filter(people))
    expect(ended.sessions).toBe(sessions)
    expect(await thoseWho(people, (person) => canRefresh(world, person))).toEqual(mayRefresh)
    expect(await thoseWho(people, ({ browser }) => isSignedIn(world.server, browser))).toEqual(
      areSignedIn,
    )
  })

  it('tells the clients, and no others', async () => {
    const world = createWorld()
    const people = await populate(world)
    await world.server.administration.revoke(filter(people))
    await world.log.untilLogouts(areTold.length)
    const expected = areTold.map((name): Told => [
      people[name].clientId,
      name === 'bob' ? 'bob' : 'alice',
      people[name].sessionId,
    ])
    expect(new Set(world.told.map(String))).toEqual(new Set(expected.map(String)))
    expect(world.told).toHaveLength(expected.length)
  })
})

/** Reads a list of grants to its end, in parts of so many. */
async function grantsOf(
  { administration }: AuthorizationServer,
  filter: AdministrationFilter,
  limit: number,
): Promise<readonly GrantDetails[]> {
  const found: GrantDetails[] = []
  let after: string | undefined
  do {
    const part = await administration.listGrants(filter, {
      limit,
      ...(after !== undefined && { after }),
    })
    found.push(...part.items)
    after = part.next
  } while (after !== undefined)
  return found
}

describe('revoking', () => {
  it('tells the clients of a session that ended by itself, because they act on', async () => {
    const world = createWorld()
    const alice = await signIn(world, 'alice', 'web')
    world.pass(36_001)
    expect(await isSignedIn(world.server, alice.browser)).toBe(false)
    expect(await world.server.administration.revoke({ subject: 'alice' })).toMatchObject({
      sessions: 0,
    })
    await world.log.untilLogouts(1)
    expect(world.told).toEqual([['web', 'alice', alice.sessionId]])
    expect(await canRefresh(world, alice)).toBe(false)
  })

  it('takes back codes that nobody has redeemed, and consents', async () => {
    const store = createMemoryStore({ now: () => now })
    const server = peopleServer({ store, clients: [{ ...web, requireConsent: true }] })
    const code = (await authorizeWith(server, {}, { remember: true })).searchParams.get('code')
    expect(await server.administration.revoke({ subject: 'alice' })).toEqual({
      sessions: 1,
      grants: 1,
    })
    expect(bodyOf(await redeem(server, code))).toMatchObject({ error: 'invalid_grant' })
    expect((await store.list({ subject: 'alice' }, { limit: 10 })).records).toEqual([])
  })

  it('takes back reference tokens, and tells the clients that hold nothing else', async () => {
    const { told, log, server } = createWorld({ accessTokenType: 'reference' })
    const answer = await authorizeWith(server, { scope: 'openid read' })
    const body = bodyOf(await redeem(server, answer.searchParams.get('code')))
    const userinfo = async () =>
      (await get(server, '/userinfo', { authorization: `Bearer ${String(body['access_token'])}` }))
        .status
    expect(await userinfo()).toBe(200)
    const [grants] = await grantsOf(server, { clientId: 'web' }, 1)
    expect(grants).toMatchObject({
      kind: 'reference_token',
      subject: 'alice',
      clientId: 'web',
      scopes: ['openid', 'read'],
      expiresAt: now + 3600,
    })
    expect(await server.administration.revoke({ clientId: 'web' })).toEqual({
      sessions: 0,
      grants: 1,
    })
    expect(await userinfo()).toBe(401)
    await log.untilLogouts(1)
    expect(told.map(([clientId]) => clientId)).toEqual(['web'])
  })

  it('still notices a code that is used twice', async () => {
    const log: unknown[] = []
    const server = peopleServer({ onEvent: (event) => log.push(event.type) })
    const code = (await authorizeWith(server)).searchParams.get('code')
    await redeem(server, code)
    await server.administration.revoke({ subject: 'alice' })
    await redeem(server, code)
    expect(log).toContain('replay_detected')
  })

  it('tells the clients also when it fails in the middle, for nobody knows of them afterwards', async () => {
    let isAway = true
    const world = createWorld({}, (store) => ({
      ...store,
      async removeAll(filter) {
        if (isAway && filter.kind === 'reference_token') throw outage
        return store.removeAll(filter)
      },
    }))
    const alice = await signIn(world, 'alice', 'web')
    world.pass(36_001)
    const { revoke } = world.server.administration
    await expect(revoke({ subject: 'alice' })).rejects.toMatchObject({ status: 503 })
    isAway = false
    await revoke({ subject: 'alice' })
    await world.log.untilLogouts(1)
    expect(world.told).toEqual([['web', 'alice', alice.sessionId]])
  })

  it('fails as a whole when the store cannot answer', async () => {
    const server = peopleServer({ store: failingStore(['list']) })
    await expect(server.administration.revoke({ subject: 'alice' })).rejects.toMatchObject({
      code: 'temporarily_unavailable',
    })
  })
})

describe('a filter of an administrator', () => {
  const wrong: readonly unknown[] = [
    {},
    { subject: undefined },
    { subject: 1 },
    { subject: 'alice', client: 'web' },
    { clientid: 'web' },
  ]

  it.each(wrong)('%j is a mistake, and changes nothing', async (filter) => {
    const world = createWorld()
    const people = await populate(world)
    const { listSessions, listGrants, revoke } = world.server.administration as unknown as Record<
      string,
      (filter: unknown) => Promise<unknown>
    >
    for (const act of [listSessions, listGrants, revoke]) {
      await expect(act?.(filter)).rejects.toBeInstanceOf(TypeError)
    }
    expect(await thoseWho(people, (person) => canRefresh(world, person))).toEqual(everybody)
  })
})

describe('a part of a list', () => {
  it.each([0, -1, 1.5, Number.NaN, Infinity])('has no limit of %d', async (limit) => {
    const { listSessions, listGrants } = createWorld().server.administration
    for (const list of [listSessions, listGrants]) {
      await expect(list({ subject: 'alice' }, { limit })).rejects.toBeInstanceOf(TypeError)
    }
  })
})

describe('listing sessions', () => {
  it('tells who is signed in since when, how and where', async () => {
    const world = createWorld()
    const { aliceAtWeb } = await populate(world)
    const { sessionId } = aliceAtWeb
    expect(await world.server.administration.listSessions({ sessionId })).toEqual({
      items: [
        {
          sessionId,
          subject: 'alice',
          authTime: now,
          amr: ['pwd'],
          clientIds: ['web', 'spa'],
          expiresAt: now + 7200,
        },
      ],
    })
  })

  it.each<[AdministrationFilter, string[]]>([
    [{ subject: 'alice' }, ['alice', 'alice']],
    [{ clientId: 'web' }, ['alice', 'alice', 'bob']],
    [{ clientId: 'spa' }, ['alice']],
    [{ clientId: 'spa', subject: 'bob' }, []],
  ])('finds those of %j', async (filter, subjects) => {
    const world = createWorld()
    await populate(world)
    const { items } = await world.server.administration.listSessions(filter)
    expect(items.map(({ subject }) => subject).toSorted()).toEqual(subjects)
  })

  it('gives everything part by part', async () => {
    const world = createWorld()
    await populate(world)
    const found: string[] = []
    let after: string | undefined
    do {
      const part = await world.server.administration.listSessions(
        { clientId: 'web' },
        { limit: 1, ...(after !== undefined && { after }) },
      )
      expect(part.items.length).toBeLessThanOrEqual(1)
      found.push(...part.items.map(({ sessionId }) => sessionId))
      after = part.next
    } while (after !== undefined)
    expect(new Set(found).size).toBe(3)
    expect(found).toHaveLength(3)
  })
})

describe('listing grants', () => {
  it('fills a part with every kind, so that one is enough for what fits into it', async () => {
    const world = createWorld()
    await populate(world)
    const { listGrants } = world.server.administration
    const { items, next } = await listGrants({ subject: 'alice' })
    expect(items.map(({ kind }) => kind)).toEqual(Array(3).fill('refresh_token'))
    expect(next).toBeUndefined()
  })

  it.each([1, 2, 100])('gives every kind, in parts of %i', async (limit) => {
    const world = createWorld()
    const { aliceAtWeb, aliceAtSpa, aliceElsewhere } = await populate(world)
    const found = await grantsOf(world.server, { subject: 'alice' }, limit)
    expect(found).toHaveLength(3)
    expect(new Set(found.map(({ sessionId }) => sessionId))).toEqual(
      new Set([aliceAtWeb, aliceAtSpa, aliceElsewhere].map(({ sessionId }) => sessionId)),
    )
    expect(found[0]).toMatchObject({
      kind: 'refresh_token',
      subject: 'alice',
      scopes: ['openid', 'read', 'offline_access'],
      expiresAt: now + 2_592_000,
    })
  })

  it('gives no token, and nothing that one could be made from', async () => {
    const world = createWorld()
    const { aliceAtWeb } = await populate(world)
    const text = JSON.stringify(await grantsOf(world.server, { subject: 'alice' }, 10))
    expect(text).toContain('refresh_token')
    for (const part of aliceAtWeb.refreshToken.split('.')) expect(text).not.toContain(part)
  })

  it('lists consents, which belong to no session', async () => {
    const server = peopleServer({ clients: [{ ...web, requireConsent: true }] })
    await authorizeWith(server, {}, { remember: true })
    expect(await server.administration.listGrants({ clientId: 'web' })).toMatchObject({
      items: [{ kind: 'consent', subject: 'alice', clientId: 'web', scopes: ['openid', 'read'] }],
    })
  })
})
