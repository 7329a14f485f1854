import { describe, expect, it } from 'vitest'
import { createMemoryStore, defaultGrants } from '../../src/index.js'
import type { GrantDecision, NewRecord, Store, StoreRecord } from '../../src/index.js'
import { handles, isActive, issued, jwts, tokenWorld } from '../support/introspection.js'
import { brokenStore } from '../support/own-tokens.js'
import {
  authorizeWith,
  createClock,
  peopleServer,
  redeem,
  refresh,
  spa,
  web,
} from '../support/people.js'
import { basic, bodyOf, get, now, post } from '../support/server.js'

const scope = 'openid email read offline_access'

const recordsOf = async (
  store: Store,
  kind: StoreRecord['kind'],
): Promise<readonly StoreRecord[]> => (await store.list({ kind }, { limit: 100 })).records

const worldWithStore = (options: Parameters<typeof tokenWorld>[0] = {}) => {
  const store = createMemoryStore({ now: () => now })
  return { store, ...tokenWorld({ store, ...options }) }
}

describe('a reference token', () => {
  it('is a handle, and what it stands for is stored under its hash', async () => {
    const { store, server } = worldWithStore({ dataKeys: [] })
    const { access_token: token } = await issued(server, 'handles', { scope })
    expect(token).toMatch(/^[\w-]{43}$/)
    const [record, ...others] = await recordsOf(store, 'reference_token')
    expect(others).toEqual([])
    expect(record).toEqual({
      kind: 'reference_token',
      id: expect.stringMatching(/^[\w-]{43}$/) as string,
      subject: 'bob',
      clientId: 'handles',
      sessionId: 'session',
      family: expect.stringMatching(/^[\w-]{43}$/) as string,
      expiresAt: now + 3600,
      version: 0,
      data: {
        claims: expect.objectContaining({
          sub: 'bob',
          aud: 'urn:invoices',
          scope,
          role: ['admin'],
        }) as object,
      },
    })
    expect(JSON.stringify(record)).not.toContain(token)
    const [refreshToken] = await recordsOf(store, 'refresh_token')
    expect(refreshToken?.family).toBe(record?.family)
  })

  it('belongs to no user and no family when a client gets it for itself', async () => {
    const { store, server } = worldWithStore()
    await issued(server, 'handles', { grant_type: 'client_credentials', scope: 'read' })
    const [record] = await recordsOf(store, 'reference_token')
    expect(Object.keys(record ?? {}).toSorted()).toEqual([
      'clientId',
      'data',
      'expiresAt',
      'id',
      'kind',
      'version',
    ])
  })

  it('is what a client gets that asks for nothing else', async () => {
    const { store, server } = worldWithStore()
    await issued(server, 'jwts', { scope })
    expect(await recordsOf(store, 'reference_token')).toEqual([])
  })

  it('gives the store what JSON can hold, as a JWT would', async () => {
    const inserted: NewRecord[] = []
    const store = createMemoryStore({ now: () => now })
    const { server } = tokenWorld({
      store: {
        ...store,
        insert: async (record) => {
          inserted.push(record)
          return store.insert(record)
        },
      },
      profile: { claims: async () => ({ role: new Date(0), department: undefined }) },
      dataKeys: [],
    })
    const { access_token: token } = await issued(server, 'handles', { scope: 'read' })
    expect(inserted).toMatchObject([{ data: { claims: { role: '1970-01-01T00:00:00.000Z' } } }])
    expect(await isActive(server, 'handles', token)).toBe(true)
  })

  it('needs no algorithm that its APIs agree on', async () => {
    const apiResources = [
      { name: 'urn:a', scopes: ['read'], allowedAccessTokenSigningAlgorithms: ['ES256'] },
      { name: 'urn:b', scopes: ['read'], allowedAccessTokenSigningAlgorithms: ['RS256'] },
    ] as const
    const { server } = worldWithStore({
      resources: { apiScopes: ['read'], apiResources },
      clients: [handles, jwts].map((client) => ({ ...client, allowedScopes: ['read'] })),
    })
    expect((await issued(server, 'handles', { scope: 'read' })).access_token).toBeDefined()
    await expect(issued(server, 'jwts', { scope: 'read' })).rejects.toThrow(/invalid_target/)
  })

  it('is not given when it cannot be stored', async () => {
    const { server } = tokenWorld({ store: brokenStore('insert', new Error('down')) })
    await expect(issued(server, 'handles', { scope: 'read' })).rejects.toThrow(
      /temporarily_unavailable/,
    )
  })
})

describe('userinfo with a reference token', () => {
  const askUserinfo = async (server: ReturnType<typeof tokenWorld>['server'], token: string) =>
    get(server, '/userinfo', { authorization: `Bearer ${token}` })

  it('answers as with a JWT', async () => {
    const { server } = tokenWorld()
    const bodies = await Promise.all(
      ['handles', 'jwts'].map(async (clientId) => {
        const { access_token: token } = await issued(server, clientId, { scope })
        return bodyOf(await askUserinfo(server, token))
      }),
    )
    expect(bodies).toEqual([
      { sub: 'bob', email: 'bob@example.com' },
      { sub: 'bob', email: 'bob@example.com' },
    ])
  })

  it('refuses one that does not exist or is over', async () => {
    const clock = createClock()
    const { server } = tokenWorld({ now: clock.now })
    const { access_token: token } = await issued(server, 'handles', { scope })
    expect((await askUserinfo(server, 'x'.repeat(43))).status).toBe(401)
    clock.pass(3600)
    const response = await askUserinfo(server, token)
    expect(response.status).toBe(401)
    expect(bodyOf(response)['error']).toBe('invalid_token')
  })

  it('knows what was asked for and what the login told, from the one record', async () => {
    const decision: Partial<GrantDecision> = {
      user: { subject: 'bob', claims: { email: 'login@example.com' } },
      requestedClaims: { userinfo: { email: { value: 'login@example.com' } }, idToken: {} },
    }
    const grant = {
      grantType: 'urn:example:user',
      validate: async () => ({ ...decision, scopes: ['openid', 'email'] }),
    }
    const { store, server } = worldWithStore({
      grants: [...defaultGrants, grant],
      profile: { claims: async () => ({}) },
    })
    const { access_token: token } = await issued(server, 'handles', {})
    expect(await recordsOf(store, 'token_mark')).toEqual([])
    expect(bodyOf(await askUserinfo(server, token))).toEqual({
      sub: 'bob',
      email: 'login@example.com',
    })
    await issued(server, 'jwts', {})
    expect(await recordsOf(store, 'token_mark')).toHaveLength(1)
  })
})

const apis = ['urn:invoices', 'urn:payments', 'urn:vault'] as const

/** A server for people whose clients get reference tokens. */
const referenceServer = (options: Parameters<typeof peopleServer>[0] = {}) =>
  peopleServer({
    clients: [web, spa].map((client) => ({ ...client, accessTokenType: 'reference' as const })),
    ...options,
  })

const isGood = async (
  server: ReturnType<typeof peopleServer>,
  token: unknown,
): Promise<unknown> => {
  const response = await post(
    server,
    { token: String(token) },
    { path: '/introspect', authorization: basic('web', 'secret') },
  )
  return bodyOf(response)['active']
}

describe('the reference tokens of a grant', () => {
  const code = async (server: ReturnType<typeof peopleServer>) =>
    (await authorizeWith(server, { scope: 'openid read offline_access' })).searchParams.get('code')

  it('are of the family of its refresh tokens', async () => {
    const store = createMemoryStore({ now: () => now })
    const server = referenceServer({ store })
    const first = bodyOf(await redeem(server, await code(server)))
    await refresh(server, first['refresh_token'])
    const records = [
      ...(await recordsOf(store, 'reference_token')),
      ...(await recordsOf(store, 'refresh_token')),
    ]
    expect(records.length).toBeGreaterThanOrEqual(3)
    expect(new Set(records.map(({ family }) => family)).size).toBe(1)
  })

  it('end when the code is used again', async () => {
    const server = referenceServer()
    const used = await code(server)
    const first = bodyOf(await redeem(server, used))
    const second = bodyOf(await refresh(server, first['refresh_token']))
    expect(await isGood(server, first['access_token'])).toBe(true)
    expect(await isGood(server, second['access_token'])).toBe(true)
    expect(bodyOf(await redeem(server, used))['error_description']).toMatch(/used before/)
    expect(await isGood(server, first['access_token'])).toBe(false)
    expect(await isGood(server, second['access_token'])).toBe(false)
    // The code is still known for what it is.
    expect(bodyOf(await redeem(server, used))['error_description']).toMatch(/used before/)
  })

  it('end when a refresh token that was replaced is used again', async () => {
    const clients = [
      {
        ...web,
        accessTokenType: 'reference',
        refreshTokenUsage: 'oneTimeOnly',
        refreshTokenReuseInterval: 0,
      },
    ] as const
    const server = referenceServer({ clients })
    const first = bodyOf(await redeem(server, await code(server)))
    const second = bodyOf(await refresh(server, first['refresh_token']))
    expect(await isGood(server, second['access_token'])).toBe(true)
    await refresh(server, first['refresh_token'])
    for (const { access_token: token } of [first, second])
      expect(await isGood(server, token)).toBe(false)
  })

  it('end when two servers on one store get the code at once', async () => {
    const store = createMemoryStore({ now: () => now })
    const servers = [referenceServer({ store }), referenceServer({ store })] as const
    for (let round = 0; round < 20; round += 1) {
      const contested = await code(servers[0])
      await Promise.all(servers.map((server) => redeem(server, contested)))
      expect(await recordsOf(store, 'reference_token')).toEqual([])
    }
  })

  it('end when the user takes back what was allowed, and those of other clients stay', async () => {
    const store = createMemoryStore({ now: () => now })
    const server = referenceServer({ store })
    const { access_token: token } = bodyOf(await redeem(server, await code(server)))
    const toSpa = await authorizeWith(server, { client_id: 'spa', scope: 'read' })
    await redeem(server, toSpa.searchParams.get('code'), { client_id: 'spa' })
    await server.grants.revoke({ subject: 'alice', clientId: 'web' })
    expect(await isGood(server, token)).toBe(false)
    expect(await recordsOf(store, 'reference_token')).toMatchObject([{ clientId: 'spa' }])
  })

  it('cost one insert at a refresh', async () => {
    const store = createMemoryStore({ now: () => now })
    const inserted: string[] = []
    const counting: Store = {
      ...store,
      insert: async (record) => {
        inserted.push(record.kind)
        return store.insert(record)
      },
    }
    const server = referenceServer({ store: counting })
    const answer = await authorizeWith(server, {
      scope: 'openid read offline_access',
      claims: JSON.stringify({ userinfo: { email: null } }),
    })
    const { refresh_token: token } = bodyOf(await redeem(server, answer.searchParams.get('code')))
    inserted.length = 0
    expect((await refresh(server, token)).status).toBe(200)
    expect(inserted).toEqual(['reference_token'])
  })

  it('are narrowed as JWTs are', async () => {
    const server = referenceServer()
    const answer = await authorizeWith(server, {
      scope: 'read pay offline_access',
      resource: [...apis],
    })
    const first = bodyOf(
      await redeem(server, answer.searchParams.get('code'), { resource: 'urn:vault' }),
    )
    const shown = async (token: unknown) =>
      bodyOf(
        await post(
          server,
          { token: String(token) },
          { path: '/introspect', authorization: basic('web', 'secret') },
        ),
      )
    expect(await shown(first['access_token'])).toMatchObject({
      aud: 'urn:vault',
      scope: 'read pay offline_access',
    })
    const second = bodyOf(
      await refresh(server, first['refresh_token'], { resource: 'urn:payments' }),
    )
    expect(await shown(second['access_token'])).toMatchObject({
      aud: 'urn:payments',
      scope: 'pay offline_access',
    })
  })
})
