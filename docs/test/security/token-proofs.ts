import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect } from 'vitest'
import { createResourceServer } from '@bailiwick/api-sdk'
import { fromServer } from '@bailiwick/api-sdk/server'
import { createTestIssuer } from '@bailiwick/api-sdk/testing'
import { sha256 } from '@bailiwick/core'
import type { AuthorizationServer } from '@bailiwick/core'
import type { HttpResponse } from '@bailiwick/protocol'
import {
  authorizeWith,
  createClock,
  peopleServer,
  redeem,
  refresh,
  signInAndRedeem,
  spa,
} from '../../../packages/core/test/support/people.js'
import {
  basic,
  bodyOf,
  client,
  get,
  issuer,
  post,
  requestToken,
  testServer,
} from '../../../packages/core/test/support/server.js'
import type { Proofs } from './proof.js'

const offline = { scope: 'openid read write offline_access' }
const asSpa = { client_id: 'spa' }

const errorOf = (response: HttpResponse): unknown => bodyOf(response)['error']

const claimsOf = (tokens: Record<string, unknown>) => decodeJwt(String(tokens['access_token']))

const machine = { ...client, allowedScopes: ['read', 'write', 'pay', 'shared'] }

/** The audience that a machine gets. */
async function audienceOf(form: Record<string, string>): Promise<unknown> {
  return (await requestToken(peopleServer({ clients: [machine] }), form)).claims.aud
}

/** What an API in the process of a server makes of a token. */
async function outcomeAt(
  server: AuthorizationServer,
  api: string,
  token: string,
): Promise<string | undefined> {
  const headers = { authorization: `Bearer ${token}` }
  const result = await createResourceServer(fromServer(server, { api })).authenticate({
    method: 'GET',
    url: '/',
    headers,
  })
  return result.ok ? 'accepted' : result.error.reason
}

const seconds = (): number => Math.floor(Date.now() / 1000)

/** What the chapters on tokens and clients say (RFC 9700 sections 2.2 to 2.6, 4.6, 4.9, 4.10, 4.14 and 4.15). */
export const tokenProofs: Proofs = {
  async 'bound-token-needs-proof'() {
    const { token, issuerOptions, fetch, now } = await createTestIssuer({ audience: 'urn:api' })
    const api = createResourceServer({ resource: 'urn:api', issuers: issuerOptions, fetch, now })
    const isAccepted = async (claims: Record<string, unknown>): Promise<boolean> => {
      const headers = { authorization: `Bearer ${await token(claims)}` }
      return (await api.authenticate({ method: 'GET', url: '/', headers })).ok
    }
    expect(await isAccepted({})).toBe(true)
    expect(await isAccepted({ cnf: { jkt: 'the thumbprint of a key' } })).toBe(false)
  },

  async 'refresh-token-rotates'() {
    const server = peopleServer()
    const first = await signInAndRedeem(server, { ...offline, ...asSpa })
    const second = bodyOf(await refresh(server, first['refresh_token'], asSpa))
    expect(second['refresh_token']).not.toBe(first['refresh_token'])
    expect(errorOf(await refresh(server, first['refresh_token'], asSpa))).toBe('invalid_grant')
    expect(errorOf(await refresh(server, second['refresh_token'], asSpa))).toBe('invalid_grant')
  },

  async 'refresh-token-bound-to-client'() {
    const server = peopleServer()
    const { refresh_token: token } = await signInAndRedeem(server, offline)
    expect(errorOf(await refresh(server, token, asSpa))).toBe('invalid_grant')
    expect((await refresh(server, token)).status).toBe(200)
  },

  async 'refresh-token-bound-to-consent'() {
    const server = peopleServer()
    const { refresh_token: token } = await signInAndRedeem(server, {
      ...offline,
      resource: 'urn:invoices',
    })
    expect(errorOf(await refresh(server, token, { scope: 'read pay' }))).toBe('invalid_scope')
    expect(errorOf(await refresh(server, token, { resource: 'urn:vault' }))).toBe('invalid_target')
  },

  async 'refresh-token-ends'() {
    const clock = createClock()
    const sliding = { ...spa, refreshTokenExpiration: 'sliding' } as const
    const server = peopleServer({ clients: [sliding], now: clock.now })
    const { refresh_token: token } = await signInAndRedeem(server, { ...offline, ...asSpa })
    clock.pass(1_296_000)
    expect(errorOf(await refresh(server, token, asSpa))).toBe('invalid_grant')
  },

  async 'refresh-token-revocable'() {
    const server = peopleServer()
    const { refresh_token: token } = await signInAndRedeem(server, offline)
    const form = { token: String(token) }
    await post(server, form, { path: '/revoke', authorization: basic('web', 'secret') })
    expect(errorOf(await refresh(server, token))).toBe('invalid_grant')
  },

  async 'audience-restricted'() {
    expect(await audienceOf({ scope: 'read' })).toBe('urn:invoices')
    expect(await audienceOf({ scope: 'shared', resource: 'urn:payments' })).toBe('urn:payments')
  },

  async 'isolated-api-alone'() {
    expect(await audienceOf({ scope: 'read pay' })).toEqual(['urn:invoices', 'urn:payments'])
    expect(await audienceOf({ scope: 'read pay', resource: 'urn:vault' })).toBe('urn:vault')
  },

  async 'scope-restricted'() {
    const server = testServer({ clients: [{ ...client, allowedScopes: ['read'] }] })
    const form = { grant_type: 'client_credentials', scope: 'write' }
    expect(errorOf(await post(server, form))).toBe('invalid_scope')
  },

  async 'api-checks-audience'() {
    const server = peopleServer({ now: seconds })
    const tokens = await signInAndRedeem(server, { scope: 'openid read' })
    const token = String(tokens['access_token'])
    expect(await outcomeAt(server, 'urn:invoices', token)).toBe('accepted')
    expect(await outcomeAt(server, 'urn:payments', token)).toBe('wrong_audience')
  },

  async 'api-refuses-id-token'() {
    const server = peopleServer({ now: seconds })
    const tokens = await signInAndRedeem(server, { scope: 'openid read' })
    expect(await outcomeAt(server, 'urn:invoices', String(tokens['id_token']))).not.toBe('accepted')
  },

  async 'access-token-short'() {
    const { exp = 0, iat = 0 } = (await requestToken(testServer())).claims
    expect(exp - iat).toBe(3600)
  },

  async 'reference-token-revocable'() {
    const reference = { ...client, accessTokenType: 'reference' } as const
    const server = testServer({ clients: [reference] })
    const issued = bodyOf(await post(server, { grant_type: 'client_credentials' }))
    const token = String(issued['access_token'])
    const ask = async () => bodyOf(await post(server, { token }, { path: '/introspect' }))['active']
    expect(await ask()).toBe(true)
    await post(server, { token }, { path: '/revoke' })
    expect(await ask()).toBe(false)
  },

  async 'id-token-names-access-token'() {
    const tokens = await signInAndRedeem(peopleServer())
    const { aud, at_hash: hash } = decodeJwt(String(tokens['id_token']))
    expect(aud).toBe('web')
    expect(hash).toMatch(/^[\w-]{22}$/)
    expect(decodeProtectedHeader(String(tokens['access_token'])).typ).toBe('at+jwt')
  },

  async 'client-authenticates'() {
    const form = { grant_type: 'client_credentials' }
    const ask = (authorization: string | null) => post(testServer(), form, { authorization })
    const wrong = await ask(basic('client', 'wrong'))
    const unknown = await ask(basic('nobody', 'secret'))
    expect([wrong.status, errorOf(wrong)]).toEqual([401, 'invalid_client'])
    expect(unknown).toEqual(wrong)
    expect((await ask(null)).status).toBe(401)
    const naming = { ...form, client_id: 'client' }
    const named = await post(testServer(), naming, { authorization: null })
    expect([named.status, errorOf(named)]).toEqual([401, 'invalid_client'])
  },

  async 'secret-expires'() {
    const expired = { value: sha256('secret'), expiration: '2026-01-01T00:00:00Z' }
    const server = testServer({ clients: [{ ...client, clientSecrets: [expired] }] })
    expect(errorOf(await post(server, { grant_type: 'client_credentials' }))).toBe('invalid_client')
  },

  async 'metadata-published'() {
    for (const name of ['openid-configuration', 'oauth-authorization-server']) {
      const response = await get(testServer(), `/.well-known/${name}`)
      expect(bodyOf(response)).toMatchObject({ issuer, token_endpoint: `${issuer}/token` })
    }
  },

  async 'machine-token-is-told-apart'() {
    const { claims } = await requestToken(testServer())
    expect(claims).toMatchObject({ sub: 'client', client_id: 'client' })
    expect(claims).not.toHaveProperty('auth_time')
    const tokens = await signInAndRedeem(peopleServer())
    expect(claimsOf(tokens)).toMatchObject({ sub: 'alice', client_id: 'web' })
    expect(claimsOf(tokens)).toHaveProperty('auth_time')
  },

  async 'client-cannot-set-claims'() {
    const claims = { sub: 'alice', scope: 'everything' }
    const server = testServer({ clients: [{ ...client, claims }] })
    expect((await requestToken(server, { scope: 'read' })).claims).toMatchObject({
      sub: 'client',
      scope: 'read',
      client_sub: 'alice',
    })
  },

  async 'inactive-user-gets-nothing'() {
    let isActive = true
    const server = peopleServer({
      profile: { claims: async () => ({}), isActive: async () => isActive },
    })
    const { refresh_token: token } = await signInAndRedeem(server, offline)
    const code = (await authorizeWith(server)).searchParams.get('code')
    isActive = false
    expect(errorOf(await refresh(server, token))).toBe('invalid_grant')
    expect(errorOf(await redeem(server, code))).toBe('invalid_grant')
  },
}
