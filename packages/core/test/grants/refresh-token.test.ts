import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import type { AuthorizationServer } from '../../src/index.js'
import {
  createClock,
  peopleServer,
  refresh,
  resources,
  signInAndRedeem,
  spa,
  web,
} from '../support/people.js'
import { bodyOf, now } from '../support/server.js'

const everything = { scope: 'openid read pay offline_access' }
const asSpa = { client_id: 'spa' }

async function firstToken(server: AuthorizationServer, changes = {}): Promise<unknown> {
  return (await signInAndRedeem(server, { ...everything, ...changes }))['refresh_token']
}

async function refreshed(
  server: AuthorizationServer,
  token: unknown,
  changes: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const response = await refresh(server, token, changes)
  if (response.status !== 200) throw new Error(`${response.status} ${response.body ?? ''}`)
  return bodyOf(response)
}

const claimsOf = (body: Record<string, unknown>): Record<string, unknown> =>
  decodeJwt(String(body['access_token']))

describe('grant_type=refresh_token', () => {
  it('gives a token for another resource than the first', async () => {
    const server = peopleServer()
    const first = await signInAndRedeem(
      server,
      { ...everything, resource: ['urn:invoices', 'urn:payments'] },
      { resource: 'urn:invoices' },
    )
    expect(claimsOf(first)).toMatchObject({ aud: 'urn:invoices', scope: 'read offline_access' })
    const second = await refreshed(server, first['refresh_token'], { resource: 'urn:payments' })
    expect(claimsOf(second)).toMatchObject({ aud: 'urn:payments', scope: 'pay offline_access' })
    const both = await refreshed(server, second['refresh_token'])
    expect(claimsOf(both)).toMatchObject({
      aud: ['urn:invoices', 'urn:payments'],
      scope: 'openid read pay offline_access',
    })
  })

  it('gives an ID token about the same login, without the nonce', async () => {
    const clock = createClock()
    const server = peopleServer({ now: clock.now })
    const first = await signInAndRedeem(server, { ...everything, nonce: 'n' })
    clock.pass(100)
    const second = await refreshed(server, first['refresh_token'])
    const before = decodeJwt(String(first['id_token']))
    const after = decodeJwt(String(second['id_token']))
    expect(after).toMatchObject({
      sub: 'alice',
      auth_time: now,
      iat: now + 100,
      sid: before['sid'],
    })
    expect(after).not.toHaveProperty('nonce')
  })

  it('narrows by scope, and gives everything again when it is not asked to', async () => {
    const server = peopleServer()
    const token = await firstToken(server)
    const narrowed = await refreshed(server, token, { scope: 'read' })
    expect(narrowed).toMatchObject({ scope: 'read' })
    expect(narrowed).not.toHaveProperty('id_token')
    expect(claimsOf(narrowed)).toMatchObject({ aud: 'urn:invoices' })
    const again = await refreshed(server, narrowed['refresh_token'])
    expect(again).toMatchObject({ scope: 'openid read pay offline_access' })
  })

  it.each<[name: string, changes: Record<string, string>, error: string]>([
    ['a scope that was not granted', { scope: 'read write' }, 'invalid_scope'],
    ['a resource that was not named', { resource: 'urn:vault' }, 'invalid_target'],
    ['a resource nobody knows', { resource: 'urn:unknown' }, 'invalid_target'],
    ['a resource of other scopes', { resource: 'urn:payments', scope: 'read' }, 'invalid_target'],
    ['another client', asSpa, 'invalid_grant'],
  ])('refuses %s, and the token stays good', async (_, changes, error) => {
    const server = peopleServer()
    const token = await firstToken(server, { resource: ['urn:invoices', 'urn:payments'] })
    expect(bodyOf(await refresh(server, token, changes))).toMatchObject({ error })
    expect((await refresh(server, token)).status).toBe(200)
  })

  it.each([
    ['refresh_token is missing', { refresh_token: '' }, 'invalid_request'],
    ['refresh_token is unknown', { refresh_token: 'unknown' }, 'invalid_grant'],
    ['refresh_token is unknown', { refresh_token: 'x'.repeat(10_000) }, 'invalid_grant'],
    ['refresh_token is unknown', { refresh_token: '\0.x' }, 'invalid_grant'],
    ['refresh_token is unknown', { refresh_token: 'ä.x' }, 'invalid_grant'],
  ])('refuses a request: %s', async (text, changes, error) => {
    expect(bodyOf(await refresh(peopleServer(), 'x', changes))).toEqual({
      error,
      error_description: expect.stringContaining(text) as string,
    })
  })
})

describe('a store', () => {
  it('is asked about nothing that no refresh token consists of', async () => {
    const asked: string[] = []
    const memory = createMemoryStore({ now: () => now })
    const server = peopleServer({
      store: {
        ...memory,
        async find(kind, id) {
          if (kind === 'refresh_token') asked.push(id)
          return memory.find(kind, id)
        },
      },
    })
    for (const token of ['\0.x', 'x.\0', 'x\n.x', 'ä.x', 'family.x']) {
      expect(bodyOf(await refresh(server, token))).toMatchObject({ error: 'invalid_grant' })
    }
    expect(asked).toEqual(['family'])
  })
})

describe('a rotating refresh token', () => {
  it('is replaced at each use, by default for public clients', async () => {
    const server = peopleServer()
    const first = await firstToken(server, asSpa)
    const second = (await refreshed(server, first, asSpa))['refresh_token']
    const third = (await refreshed(server, second, asSpa))['refresh_token']
    expect(new Set([first, second, third]).size).toBe(3)
  })

  it('revokes all that descend from it when it is used again', async () => {
    const server = peopleServer()
    const first = await firstToken(server, asSpa)
    const second = (await refreshed(server, first, asSpa))['refresh_token']
    expect(bodyOf(await refresh(server, first, asSpa))).toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringContaining('replaced before') as string,
    })
    expect(bodyOf(await refresh(server, second, asSpa))).toMatchObject({ error: 'invalid_grant' })
  })

  it('leaves other authorizations alone when one is revoked', async () => {
    const server = peopleServer()
    const [one, other] = [await firstToken(server, asSpa), await firstToken(server, asSpa)]
    await refreshed(server, one, asSpa)
    await refresh(server, one, asSpa)
    expect((await refresh(server, other, asSpa)).status).toBe(200)
  })

  it('gives the same successor again within the reuse interval, in case the answer got lost', async () => {
    const clock = createClock()
    const rotating = { ...web, refreshTokenUsage: 'oneTimeOnly' } as const
    const server = peopleServer({ clients: [rotating], now: clock.now })
    const first = await firstToken(server)
    const second = (await refreshed(server, first))['refresh_token']
    clock.pass(9)
    expect((await refreshed(server, first))['refresh_token']).toBe(second)
    const third = (await refreshed(server, second))['refresh_token']
    expect(third).not.toBe(second)
  })

  it.each<[name: string, wait: number, usesSuccessor: boolean]>([
    ['after the reuse interval', 10, false],
    ['once the successor was used', 1, true],
  ])('does not do so %s', async (_, wait, usesSuccessor) => {
    const clock = createClock()
    const rotating = { ...web, refreshTokenUsage: 'oneTimeOnly' } as const
    const server = peopleServer({ clients: [rotating], now: clock.now })
    const first = await firstToken(server)
    const second = (await refreshed(server, first))['refresh_token']
    if (usesSuccessor) await refreshed(server, second)
    clock.pass(wait)
    expect((await refresh(server, first)).status).toBe(400)
    expect((await refresh(server, second)).status).toBe(400)
  })

  it('has one winner when two servers on one store get it at once, 100 times', async () => {
    const store = createMemoryStore({ now: () => now })
    const servers = [peopleServer({ store }), peopleServer({ store })] as const
    for (let round = 0; round < 100; round += 1) {
      const token = await firstToken(servers[0], asSpa)
      const answers = await Promise.all(servers.map((server) => refresh(server, token, asSpa)))
      expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '400'])
    }
  })

  it('has one successor, whoever asks, when two use it at once within a reuse interval', async () => {
    const store = createMemoryStore({ now: () => now })
    const clients = [{ ...spa, refreshTokenReuseInterval: 10 }]
    const servers = [peopleServer({ store, clients }), peopleServer({ store, clients })] as const
    const token = await firstToken(servers[0], asSpa)
    const answers = await Promise.all(servers.map((server) => refreshed(server, token, asSpa)))
    expect(answers[0]?.['refresh_token']).toBe(answers[1]?.['refresh_token'])
  })
})

describe('a family of refresh tokens', () => {
  it('is one record, however often its token is replaced', async () => {
    const store = createMemoryStore({ now: () => now })
    const server = peopleServer({ store })
    let token = await firstToken(server, asSpa)
    for (let round = 0; round < 5; round += 1) {
      token = (await refreshed(server, token, asSpa))['refresh_token']
    }
    const { records } = await store.list({ kind: 'refresh_token' }, { limit: 10 })
    expect(records.map(({ version }) => version)).toEqual([5])
  })

  it.each([
    ['a secret nobody has', (token: string) => `${token.slice(0, -5)}AAAAA`],
    ['no secret', (token: string) => token.slice(0, token.indexOf('.') + 1)],
  ])('is revoked when it is named with %s', async (_, change) => {
    const server = peopleServer()
    const token = String(await firstToken(server))
    expect((await refresh(server, change(token))).status).toBe(400)
    expect((await refresh(server, token)).status).toBe(400)
  })

  it('is left alone by another client that names it', async () => {
    const server = peopleServer()
    const token = String(await firstToken(server))
    expect((await refresh(server, `${token.slice(0, -5)}AAAAA`, asSpa)).status).toBe(400)
    expect((await refresh(server, token)).status).toBe(200)
  })
})

describe('a refresh token that is used again and again', () => {
  it('stays the same, by default for confidential clients', async () => {
    const server = peopleServer()
    const first = await firstToken(server)
    expect((await refreshed(server, first))['refresh_token']).toBe(first)
    expect((await refreshed(server, first))['refresh_token']).toBe(first)
  })
})

describe('the lifetime of refresh tokens', () => {
  const day = 86_400

  it('ends 30 days after the authorization, however often they are replaced', async () => {
    const clock = createClock()
    const server = peopleServer({ now: clock.now })
    let token = await firstToken(server, asSpa)
    clock.pass(29 * day)
    token = (await refreshed(server, token, asSpa))['refresh_token']
    clock.pass(day - 1)
    token = (await refreshed(server, token, asSpa))['refresh_token']
    clock.pass(1)
    expect((await refresh(server, token, asSpa)).status).toBe(400)
  })

  it.each(['reUse', 'oneTimeOnly'] as const)(
    'slides, up to the absolute one, with usage %s',
    async (refreshTokenUsage) => {
      const clock = createClock()
      const sliding = {
        ...web,
        refreshTokenUsage,
        refreshTokenExpiration: 'sliding',
        slidingRefreshTokenLifetime: 10 * day,
        absoluteRefreshTokenLifetime: 25 * day,
      } as const
      const server = peopleServer({ clients: [sliding], now: clock.now })
      let token = await firstToken(server)
      for (const days of [9, 9, 6]) {
        clock.pass(days * day)
        token = (await refreshed(server, token))['refresh_token']
      }
      clock.pass(day)
      expect((await refresh(server, token)).status).toBe(400)
    },
  )

  it('ends when it lies unused for too long', async () => {
    const clock = createClock()
    const sliding = { ...web, refreshTokenExpiration: 'sliding' } as const
    const server = peopleServer({ clients: [sliding], now: clock.now })
    const token = await firstToken(server)
    clock.pass(15 * day)
    expect((await refresh(server, token)).status).toBe(400)
  })
})

describe('a refresh under a configuration that has changed', () => {
  it.each<[name: string, changes: object, scope: string, aud: unknown]>([
    [
      'a scope of the client',
      { allowedScopes: ['openid', 'read'] },
      'openid read offline_access',
      'urn:invoices',
    ],
    [
      'a resource of the client',
      { allowedResources: ['urn:payments'] },
      'openid read pay offline_access',
      'urn:payments',
    ],
  ])('leaves out what was withdrawn: %s', async (_, changes, scope, aud) => {
    const store = createMemoryStore({ now: () => now })
    const token = await firstToken(peopleServer({ store }))
    const today = peopleServer({ store, clients: [{ ...web, ...changes }] })
    const body = await refreshed(today, token)
    expect(body).toMatchObject({ scope })
    expect(claimsOf(body)['aud']).toEqual(aud)
  })

  it('never turns resources that were named and withdrawn into any resource', async () => {
    const store = createMemoryStore({ now: () => now })
    const token = await firstToken(peopleServer({ store }), { resource: 'urn:payments' })
    const { apiResources = [], ...others } = resources
    const today = peopleServer({
      store,
      resources: {
        ...others,
        apiResources: apiResources.filter(({ name }) => name !== 'urn:payments'),
      },
    })
    expect(bodyOf(await refresh(today, token))).toMatchObject({ error: 'invalid_grant' })
  })

  it('fails when nothing is left', async () => {
    const store = createMemoryStore({ now: () => now })
    const token = await firstToken(peopleServer({ store }))
    const today = peopleServer({ store, clients: [{ ...web, allowedScopes: ['email'] }] })
    expect(bodyOf(await refresh(today, token))).toEqual({
      error: 'invalid_grant',
      error_description: 'nothing is left of what was granted',
    })
  })

  it('fails when the client may not have refresh tokens any more', async () => {
    const store = createMemoryStore({ now: () => now })
    const token = await firstToken(peopleServer({ store }))
    const today = peopleServer({ store, clients: [{ ...web, allowOfflineAccess: false }] })
    expect(bodyOf(await refresh(today, token))).toMatchObject({ error: 'invalid_grant' })
  })
})

describe('a refresh during which the grant is revoked', () => {
  it.each([
    ['that stays', {}],
    ['that is extended', { refreshTokenExpiration: 'sliding' }],
    ['that rotates', { refreshTokenUsage: 'oneTimeOnly' }],
  ] as const)('gives nothing for a token %s', async (_, changes) => {
    const memory = createMemoryStore({ now: () => now })
    const log: unknown[] = []
    let isRevoking = false
    const client = { ...web, ...changes, accessTokenType: 'reference' } as const
    const server = peopleServer({
      clients: [client],
      onEvent: ({ type }) => log.push(type),
      store: {
        ...memory,
        async insert(record) {
          // Just before the reference token is stored, and after the refresh token was found.
          if (isRevoking) await server.administration.revoke({ subject: 'alice' })
          return memory.insert(record)
        },
      },
    })
    const token = await firstToken(server)
    isRevoking = true
    expect(bodyOf(await refresh(server, token))).toMatchObject({
      error: 'invalid_grant',
      error_description: 'refresh_token has been revoked',
    })
    expect((await memory.list({ kind: 'reference_token' }, { limit: 10 })).records).toEqual([])
    expect(log).not.toContain('replay_detected')
  })
})

describe('refresh tokens when the store cannot answer', () => {
  it('answers 503, and nothing is lost', async () => {
    const memory = createMemoryStore({ now: () => now })
    const failing = new Set<string>()
    const fail = (name: string): void => {
      if (failing.has(name)) throw new Error('the store is down')
    }
    const store = {
      ...memory,
      find: async (...key: Parameters<typeof memory.find>) => {
        fail('find')
        return memory.find(...key)
      },
      replace: async (record: Parameters<typeof memory.replace>[0]) => {
        fail('replace')
        return memory.replace(record)
      },
    }
    const server = peopleServer({ store })
    const token = await firstToken(server, asSpa)
    for (const step of ['find', 'replace']) {
      failing.add(step)
      const response = await refresh(server, token, asSpa)
      expect(response).toMatchObject({ status: 503, headers: { 'retry-after': '5' } })
      expect(bodyOf(response)).toMatchObject({ error: 'temporarily_unavailable' })
      failing.clear()
    }
    expect((await refresh(server, token, asSpa)).status).toBe(200)
  })
})
