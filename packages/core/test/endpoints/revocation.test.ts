import { describe, expect, it } from 'vitest'
import { createMemoryStore, sha256 } from '../../src/index.js'
import type { AuthorizationServer, Store } from '../../src/index.js'
import {
  handles,
  introspect,
  isActive,
  issued,
  jwts,
  open,
  revoke,
  tokenWorld,
} from '../support/introspection.js'
import { accessToken, brokenStore } from '../support/own-tokens.js'
import { createClock } from '../support/people.js'
import { basic, bodyOf, get, now, post } from '../support/server.js'

const scope = 'openid read offline_access'
const hints = [undefined, 'access_token', 'refresh_token', 'bogus']

const hinted = (token: string, hint: string | undefined): Record<string, string> => ({
  token,
  ...(hint !== undefined && { token_type_hint: hint }),
})

const userinfo = async (server: AuthorizationServer, token: string): Promise<number> =>
  (await get(server, '/userinfo', { authorization: `Bearer ${token}` })).status

const refresh = (server: AuthorizationServer, clientId: string, token: string) =>
  issued(server, clientId, { grant_type: 'refresh_token', refresh_token: token, scope })

describe.each([handles, jwts].map(({ clientId }) => clientId))(
  'revocation of access tokens of %s',
  (clientId) => {
    it.each(hints)('ends it, and nothing else, with token_type_hint=%s', async (hint) => {
      const { server, events } = tokenWorld()
      const [one, other] = [
        await issued(server, clientId, { scope }),
        await issued(server, clientId, { scope }),
      ]
      const response = await revoke(server, clientId, hinted(one.access_token, hint))
      expect(response).toEqual({
        status: 200,
        headers: {
          'content-type': 'application/json',
          'cache-control': 'no-store',
          pragma: 'no-cache',
        },
        body: '{}',
      })
      expect(await isActive(server, 'urn:invoices', one.access_token)).toBe(false)
      expect(await isActive(server, clientId, one.access_token)).toBe(false)
      expect(await userinfo(server, one.access_token)).toBe(401)
      expect(await isActive(server, clientId, one.refresh_token)).toBe(true)
      expect(await isActive(server, clientId, other.access_token)).toBe(true)
      expect(await userinfo(server, other.access_token)).toBe(200)
      expect(events.filter(({ type }) => type === 'token_revoked')).toEqual([
        { type: 'token_revoked', credential: 'access_token', clientId },
      ])
    })

    it('is a success the second time, and reports nothing', async () => {
      const { server, events } = tokenWorld()
      const { access_token: token } = await issued(server, clientId, { scope: 'read' })
      await revoke(server, clientId, { token })
      expect((await revoke(server, clientId, { token })).body).toBe('{}')
      expect(events.filter(({ type }) => type === 'token_revoked')).toHaveLength(1)
    })

    it.each([undefined, 'access_token'])(
      'leaves the token of another client alone, with token_type_hint=%s',
      async (hint) => {
        const { server, events } = tokenWorld()
        const { access_token: token } = await issued(server, clientId, { scope: 'read' })
        const response = await revoke(server, 'open', hinted(token, hint))
        expect(response).toMatchObject({ status: 200, body: '{}' })
        expect(await isActive(server, clientId, token)).toBe(true)
        expect(events.map(({ type }) => type)).not.toContain('token_revoked')
      },
    )
  },
)

describe('revocation of refresh tokens', () => {
  it.each(hints)('ends the whole grant, with token_type_hint=%s', async (hint) => {
    const { server, events } = tokenWorld()
    const one = await issued(server, 'handles', { scope })
    const other = await issued(server, 'handles', { scope })
    const refreshed = await refresh(server, 'handles', one.refresh_token)
    expect((await revoke(server, 'handles', hinted(one.refresh_token, hint))).status).toBe(200)
    for (const token of [one.refresh_token, one.access_token, refreshed.access_token]) {
      expect(await isActive(server, 'handles', token)).toBe(false)
    }
    await expect(refresh(server, 'handles', one.refresh_token)).rejects.toThrow(/invalid_grant/)
    for (const token of [other.refresh_token, other.access_token]) {
      expect(await isActive(server, 'handles', token)).toBe(true)
    }
    expect(events.filter(({ type }) => type === 'token_revoked')).toEqual([
      { type: 'token_revoked', credential: 'refresh_token', clientId: 'handles' },
    ])
  })

  it('can be asked for with one that was replaced', async () => {
    const { server } = tokenWorld()
    const { refresh_token: first } = await issued(server, 'open', { scope })
    const { refresh_token: second, access_token: token } = await refresh(server, 'open', first)
    expect(second).not.toBe(first)
    await revoke(server, 'open', { token: first })
    expect(await isActive(server, 'urn:invoices', token)).toBe(false)
    await expect(refresh(server, 'open', second)).rejects.toThrow(/invalid_grant/)
  })

  it('leaves what another client has alone', async () => {
    const { server, events } = tokenWorld()
    const { refresh_token: token } = await issued(server, 'handles', { scope })
    expect((await revoke(server, 'jwts', { token })).body).toBe('{}')
    expect((await revoke(server, 'open', { token })).body).toBe('{}')
    expect(await isActive(server, 'handles', token)).toBe(true)
    expect(events.map(({ type }) => type)).not.toContain('token_revoked')
  })
})

describe('who may revoke', () => {
  it.each<[string, string | null, Record<string, string>, number]>([
    ['a client in the header', basic('handles', 'secret'), {}, 200],
    ['a client in the form', null, { client_id: 'handles', client_secret: 'secret' }, 200],
    ['a public client', null, { client_id: 'open' }, 200],
    ['an API', basic('urn:invoices', 'secret'), {}, 401],
    ['nobody', null, {}, 401],
    ['a client with a wrong secret', basic('handles', 'wrong'), {}, 401],
    ['a confidential client that names itself only', null, { client_id: 'handles' }, 401],
  ])('%s', async (_, authorization, more, status) => {
    const form = { token: 'unknown', ...more }
    const response = await post(tokenWorld().server, form, { path: '/revoke', authorization })
    expect(response.status).toBe(status)
    if (status === 401) expect(bodyOf(response)['error']).toBe('invalid_client')
  })
})

describe('a revocation request', () => {
  it.each([{}, { token: '' }])('needs a token: %o', async (form) => {
    const response = await revoke(tokenWorld().server, 'handles', form)
    expect(response.status).toBe(400)
    expect(bodyOf(response)).toEqual({
      error: 'invalid_request',
      error_description: 'token is missing',
    })
  })

  it('is a form', async () => {
    const { server } = tokenWorld()
    const headers = { 'content-type': 'application/json' }
    const authorization = basic('handles', 'secret')
    const response = await post(server, 'token=x', { path: '/revoke', authorization, headers })
    expect(response.status).toBe(415)
  })

  it('is a POST', async () => {
    const request = { method: 'GET', url: '/revoke?token=x', headers: {}, body: async () => '' }
    expect(await tokenWorld().server.handle(request)).toMatchObject({
      status: 405,
      headers: { allow: 'POST' },
    })
  })

  it('may come from a script of a client', async () => {
    const origin = 'https://app.example.com'
    const { server } = tokenWorld({ clients: [{ ...open, allowedCorsOrigins: [origin] }] })
    const form = { token: 'unknown', client_id: 'open' }
    const response = await post(server, form, {
      path: '/revoke',
      authorization: null,
      headers: { origin },
    })
    expect(response).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': origin },
    })
  })

  it.each<[string, () => string | Promise<string>]>([
    ['a word', () => 'unknown'],
    ['50 KB', () => 'x'.repeat(50_000)],
    ['three parts', () => 'a.b.c'],
    ['an expired JWT', () => accessToken({ client_id: 'jwts', exp: now })],
    ['an ID token', () => accessToken({ client_id: 'jwts' }, { typ: 'JWT' })],
  ])('is a success for what is no token: %s', async (_, make) => {
    const { server, events } = tokenWorld({
      store: { ...createMemoryStore(), insert: () => Promise.reject(new Error('was asked')) },
    })
    const response = await revoke(server, 'jwts', { token: await make() })
    expect(response).toMatchObject({ status: 200, body: '{}' })
    expect(events).toEqual([])
  })

  it.each<[string, (keyof Store)[]]>([
    ['handles', ['find', 'take']],
    ['jwts', ['find', 'insert']],
  ])('is answered with 503 when it cannot be done for %s', async (clientId, methods) => {
    const store = createMemoryStore({ now: () => now })
    const { access_token: token } = await issued(tokenWorld({ store }).server, clientId, { scope })
    for (const method of methods) {
      const broken = { ...store, [method]: brokenStore(method, new Error('down'))[method] }
      const { server, events } = tokenWorld({ store: broken })
      const response = await revoke(server, clientId, { token })
      expect(response).toMatchObject({ status: 503, headers: { 'retry-after': '5' } })
      expect(events.map(({ type }) => type)).toEqual(['server_error'])
    }
    expect(await isActive(tokenWorld({ store }).server, clientId, token)).toBe(true)
  })

  it('costs no look-up for what is too long to be a token', async () => {
    const { server } = tokenWorld({ store: brokenStore('find', new Error('was asked')) })
    expect((await revoke(server, 'jwts', { token: 'x'.repeat(513) })).status).toBe(200)
    expect((await revoke(server, 'jwts', { token: 'x'.repeat(512) })).status).toBe(503)
  })

  it('is answered with 503 when the tokens of a grant cannot be removed', async () => {
    const store = createMemoryStore({ now: () => now })
    const { refresh_token: token } = await issued(tokenWorld({ store }).server, 'handles', {
      scope,
    })
    const broken = { ...store, removeAll: brokenStore('removeAll', new Error('x')).removeAll }
    const { server } = tokenWorld({ store: broken })
    expect((await revoke(server, 'handles', { token })).status).toBe(503)
  })

  it('repeats no token in an answer or an event', async () => {
    const { server, events } = tokenWorld()
    const { access_token: token } = await issued(server, 'handles', { scope })
    const answers = [
      await revoke(server, 'handles', { token }),
      await introspect(server, 'handles', { token }),
      await introspect(server, 'handles', {}),
    ]
    expect(JSON.stringify([answers, events])).not.toContain(token)
    expect(JSON.stringify([answers, events])).not.toContain(sha256(token))
  })
})

describe('a mark that an access token was revoked', () => {
  it('lives as long as the token', async () => {
    const clock = createClock()
    const store = createMemoryStore({ now: clock.now })
    const { server } = tokenWorld({ store, now: clock.now })
    const { access_token: token } = await issued(server, 'jwts', { scope })
    await revoke(server, 'jwts', { token })
    clock.pass(3599)
    expect(await isActive(server, 'urn:invoices', token)).toBe(false)
    const page = await store.list({ kind: 'token_mark' }, { limit: 10 })
    expect(page.records).toMatchObject([{ expiresAt: now + 3600 }])
  })
})
