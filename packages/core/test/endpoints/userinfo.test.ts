import type { HttpResponse } from '@bailiwick/protocol'
import type { JWTPayload } from 'jose'
import { describe, expect, it } from 'vitest'
import { createMemoryStore, generateSigningKey } from '../../src/index.js'
import type {
  AuthorizationServerOptions,
  Client,
  GrantDecision,
  ProfileRequest,
  RequestedClaims,
  ServerEvent,
} from '../../src/index.js'
import { resolveOptions } from '../../src/options.js'
import { revokeToken } from '../../src/tokens/token-mark.js'
import { accessToken, accessTokenClaims, brokenStore, signOwn } from '../support/own-tokens.js'
import { bodyOf, client, now, post, signingKeys, testServer, userGrant } from '../support/server.js'

const userClient: Client = {
  ...client,
  allowedGrantTypes: ['urn:example:user'],
  allowedScopes: ['openid', 'email', 'hr', 'read'],
}

const resources = {
  identityResources: ['openid', 'email', 'profile', { name: 'hr', userClaims: ['level'] }],
  apiScopes: ['read'],
  apiResources: [{ name: 'urn:api', scopes: ['read'] }],
} as const

const known = { email: 'bob@example.com', email_verified: true, level: 9, name: 'Bob', sub: 'eve' }

interface World {
  readonly server: ReturnType<typeof testServer>
  readonly asked: readonly ProfileRequest[]
  readonly events: readonly ServerEvent[]
}

function world(options: Partial<AuthorizationServerOptions> = {}): World {
  const asked: ProfileRequest[] = []
  const events: ServerEvent[] = []
  const server = testServer({
    resources,
    clients: [userClient],
    grants: [userGrant({ subject: 'bob' })],
    profile: {
      claims: async (request) => {
        asked.push(request)
        return known
      },
    },
    onEvent: (event) => events.push(event),
    ...options,
  })
  return { server, asked, events }
}

interface Asking {
  readonly method?: string
  readonly url?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

async function ask(
  { server }: Pick<World, 'server'>,
  { method = 'GET', url = '/userinfo', headers = {}, body = '' }: Asking,
): Promise<HttpResponse> {
  const response = await server.handle({ method, url, headers, body: async () => body })
  if (response === undefined) throw new Error('no endpoint')
  return response
}

const bearer = (token: string): Asking => ({ headers: { authorization: `Bearer ${token}` } })

const form = (parameters: Record<string, string>): Asking => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(parameters).toString(),
})

const challengeOf = ({ headers }: HttpResponse): unknown => headers['www-authenticate']

async function issued(at: World, scope: string): Promise<string> {
  const response = await post(at.server, { grant_type: 'urn:example:user', scope })
  return String(bodyOf(response)['access_token'])
}

describe('userinfo', () => {
  it('gives the claims of the identity resources that the token is for, and no others', async () => {
    const at = world()
    const response = await ask(at, bearer(await issued(at, 'openid email read')))
    expect(response.status).toBe(200)
    expect(response.headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
    })
    expect(bodyOf(response)).toEqual({
      sub: 'bob',
      email: 'bob@example.com',
      email_verified: true,
    })
    expect(at.asked).toEqual([
      {
        subject: 'bob',
        clientId: 'client',
        claimNames: ['email', 'email_verified'],
        caller: 'userinfo',
      },
    ])
  })

  it('gives sub alone for openid alone, and asks nobody for it', async () => {
    const at = world()
    expect(bodyOf(await ask(at, bearer(await accessToken())))).toEqual({ sub: 'bob' })
    expect(at.asked).toEqual([])
  })

  it('leaves out what has no value (OpenID Connect Core 1.0 section 5.3.2)', async () => {
    const profile = { claims: async () => ({ email: '', email_verified: null, level: 0 }) }
    const token = await accessToken({ scope: 'openid email hr' })
    expect(bodyOf(await ask(world({ profile }), bearer(token)))).toEqual({ sub: 'bob', level: 0 })
  })

  it('goes by the resources of today', async () => {
    const token = await accessToken({ scope: 'openid email hr gone' })
    const identityResources = ['openid', { name: 'hr', userClaims: ['name'] }] as const
    const at = world({
      resources: { identityResources },
      clients: [{ ...userClient, allowedScopes: ['openid'] }],
    })
    expect(bodyOf(await ask(at, bearer(token)))).toEqual({ sub: 'bob', name: 'Bob' })
  })

  it('takes scopes apart as the server does when they are requested', async () => {
    const at = world({
      scopeParser: (value) => {
        const [name = '', ...parameters] = value.split('/')
        if (name === 'email') return { kind: 'ignored' }
        return { kind: 'scope', scope: { value, name, parameter: parameters.join('/') } }
      },
    })
    const token = await accessToken({ scope: 'openid/x email hr/7' })
    expect(bodyOf(await ask(at, bearer(token)))).toEqual({ sub: 'bob', level: 9 })
  })

  it.each<[string, (token: string) => Asking]>([
    ['the header', bearer],
    [
      'a header with a scheme in lower case',
      (token) => ({ headers: { authorization: `bearer  ${token}` } }),
    ],
    ['the header of a POST', (token) => ({ ...bearer(token), method: 'POST' })],
    [
      'the header of a POST of something else',
      (token) => ({
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: '{}',
      }),
    ],
    ['a form', (token) => form({ access_token: token })],
  ])('takes the token from %s', async (_, request) => {
    const response = await ask(world(), request(await accessToken()))
    expect(bodyOf(response)).toEqual({ sub: 'bob' })
  })

  it.each<[string, (token: string) => Asking]>([
    ['no token', () => ({})],
    ['an empty form', () => form({})],
    ['other credentials', () => ({ headers: { authorization: 'Basic Ym9iOmJvYg==' } })],
    ['the token in the query', (token) => ({ url: `/userinfo?access_token=${token}` })],
    [
      'the token in the body of a GET',
      (token) => ({ ...form({ access_token: token }), method: 'GET' }),
    ],
    [
      'the token in JSON',
      (token) => ({
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ access_token: token }),
      }),
    ],
  ])('challenges %s without a word (RFC 6750 section 3.1)', async (_, request) => {
    const response = await ask(world(), request(await accessToken()))
    expect(response.status).toBe(401)
    expect(challengeOf(response)).toBe('Bearer realm="userinfo"')
    expect(response.headers['cache-control']).toBe('no-store')
  })

  it.each<[string, (token: string) => Asking]>([
    [
      'header and form',
      (token) => ({
        ...form({ access_token: token }),
        headers: { ...form({}).headers, ...bearer(token).headers },
      }),
    ],
    ['header and query', (token) => ({ ...bearer(token), url: `/userinfo?access_token=${token}` })],
    [
      'form and query',
      (token) => ({ ...form({ access_token: token }), url: `/userinfo?a=1&access_token=x` }),
    ],
    ['no token in a Bearer header', () => ({ headers: { authorization: 'Bearer' } })],
    [
      'two tokens in the header',
      (token) => ({ headers: { authorization: `Bearer ${token} ${token}` } }),
    ],
    [
      'two tokens in a form',
      (token) => ({ ...form({}), body: `access_token=${token}&access_token=${token}` }),
    ],
  ])('refuses a request with %s', async (_, request) => {
    const response = await ask(world(), request(await accessToken()))
    expect(response.status).toBe(400)
    expect(bodyOf(response)['error']).toBe('invalid_request')
    expect(challengeOf(response)).toMatch(/^Bearer realm="userinfo", error="invalid_request", /)
  })

  it('is for GET and POST', async () => {
    const response = await ask(world(), { ...bearer(await accessToken()), method: 'PUT' })
    expect(response).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST' } })
    expect(challengeOf(response)).toBeUndefined()
  })

  it('repeats no token in an error or an event', async () => {
    const token = await accessToken({ exp: now })
    const at = world()
    const response = await ask(at, bearer(token))
    expect(JSON.stringify([response, at.events])).not.toContain(token)
    expect(at.events).toMatchObject([{ type: 'request_rejected', error: 'invalid_token' }])
  })
})

const lacking = (name: string): JWTPayload => ({ [name]: undefined })

describe('an access token at userinfo', () => {
  it.each<[string, () => Promise<string>]>([
    ['that has expired', () => accessToken({ exp: now })],
    ['that never expires', () => accessToken(lacking('exp'))],
    ['that is not valid yet', () => accessToken({ nbf: now + 31 })],
    ['of another issuer', () => accessToken({ iss: 'https://evil.example.com' })],
    ['without issuer', () => accessToken(lacking('iss'))],
    ['without a name', () => accessToken(lacking('jti'))],
    ['without client', () => accessToken(lacking('client_id'))],
    ['of a client that does not exist', () => accessToken({ client_id: 'gone' })],
    ['that is an ID token', () => accessToken({ aud: 'client' }, { typ: 'JWT' })],
    ['without type', () => accessToken({}, { typ: undefined } as never)],
    [
      'that somebody else has signed',
      () => signOwn(accessTokenClaims, {}, generateSigningKey('EdDSA')),
    ],
    ['that is none', async () => 'token'],
  ])('%s is invalid_token', async (_, make) => {
    const token = await make()
    for (const request of [bearer(token), form({ access_token: token })]) {
      const response = await ask(world(), request)
      expect(response.status).toBe(401)
      expect(bodyOf(response)['error']).toBe('invalid_token')
      expect(challengeOf(response)).toMatch(
        /^Bearer realm="userinfo", error="invalid_token", error_description="[^"]+"$/,
      )
    }
  })

  it.each([
    ['the last second before it expires', { exp: now + 1 }],
    ['the first second', { nbf: now }],
    ['whatever its audience', { aud: 'urn:somebody-else' }],
    ['with its scope as a list', { scope: ['read', 'openid'] }],
  ])('is good %s', async (_, change) => {
    expect((await ask(world(), bearer(await accessToken(change)))).status).toBe(200)
  })

  it.each([
    ['without scope', undefined],
    ['of another scope', 'read email'],
    ['of a scope that only looks like it', 'openid2 xopenid OPENID'],
    ['with a list that is none of scopes', [7, 'read']],
  ])('%s is insufficient_scope', async (_, scope) => {
    const response = await ask(world(), bearer(await accessToken({ scope })))
    expect(response.status).toBe(403)
    expect(bodyOf(response)['error']).toBe('insufficient_scope')
    expect(challengeOf(response)).toMatch(
      /^Bearer realm="userinfo", error="insufficient_scope", error_description="[^"]+", scope="openid"$/,
    )
  })

  it('that is narrowed to an API is insufficient_scope, though openid was granted', async () => {
    const at = world()
    const parameters = { grant_type: 'urn:example:user', scope: 'openid read', resource: 'urn:api' }
    const { access_token: token } = bodyOf(await post(at.server, parameters))
    expect((await ask(at, bearer(String(token)))).status).toBe(403)
  })

  it('of a disabled client is invalid_token', async () => {
    const at = world({ clients: [{ ...userClient, enabled: false }] })
    expect((await ask(at, bearer(await accessToken()))).status).toBe(401)
  })

  it('that was revoked is invalid_token until it expires anyway', async () => {
    const store = createMemoryStore({ now: () => now })
    const at = world({ store })
    const { context } = resolveOptions({
      issuer: at.server.issuer,
      resources,
      clients: [],
      signingKeys,
      store,
    })
    await revokeToken({ jti: 'token-1', expiresAt: now + 60 }, { ...context, now: () => now })
    expect((await ask(at, bearer(await accessToken()))).status).toBe(401)
    expect((await ask(at, bearer(await accessToken({ jti: 'token-2' })))).status).toBe(200)
    const { records } = await store.list({ kind: 'token_mark' }, { limit: 10 })
    expect(records).toMatchObject([{ expiresAt: now + 60 }])
    expect(JSON.stringify(records)).not.toContain('token-1')
  })
})

/** A server whose tokens come with what an authorization request and a login would have left. */
const worldWith = (
  decision: Partial<GrantDecision>,
  options: Partial<AuthorizationServerOptions> = {},
): World =>
  world({
    grants: [
      {
        grantType: 'urn:example:user',
        validate: async ({ parameters }) => ({
          user: { subject: 'bob' },
          scopes: parameters.get('scope')?.split(' '),
          ...decision,
        }),
      },
    ],
    ...options,
  })

const asking = (userinfo: RequestedClaims['userinfo']): Partial<GrantDecision> => ({
  requestedClaims: { userinfo, idToken: { email: {} } },
})

describe('claims that were asked for one by one', () => {
  it('are given at userinfo, of identity resources that the client may ask for', async () => {
    const at = worldWith(asking({ level: { essential: true }, name: {}, sub: {}, unknown: {} }))
    const response = await ask(at, bearer(await issued(at, 'openid')))
    expect(bodyOf(response)).toEqual({ sub: 'bob', level: 9 })
    expect(at.asked.map(({ claimNames }) => claimNames).at(-1)).toEqual(['level'])
  })

  it('are given only with a value that was asked for', async () => {
    const at = worldWith(asking({ level: { value: 8 }, email: { values: ['bob@example.com'] } }))
    const response = await ask(at, bearer(await issued(at, 'openid')))
    expect(bodyOf(response)).toEqual({ sub: 'bob', email: 'bob@example.com' })
  })

  it('are not given where the user was asked about other things', async () => {
    const clients = [{ ...userClient, requireConsent: true }]
    const at = worldWith(asking({ level: {}, email: {} }), { clients })
    const response = await ask(at, bearer(await issued(at, 'openid email')))
    expect(bodyOf(response)).toEqual({
      sub: 'bob',
      email: 'bob@example.com',
      email_verified: true,
    })
  })

  it('are those of this token and of no other', async () => {
    const at = worldWith(asking({ level: {} }))
    await issued(at, 'openid')
    expect(bodyOf(await ask(at, bearer(await accessToken())))).toEqual({ sub: 'bob' })
  })

  it('keep a token from being issued when they cannot be kept', async () => {
    const store = brokenStore('insert', new Error('down'))
    const at = worldWith(asking({ level: {} }), { store })
    const response = await post(at.server, { grant_type: 'urn:example:user', scope: 'openid' })
    expect(response.status).toBe(503)
    expect(response.headers['retry-after']).toBe('5')
  })
})

describe('claims that are known from the login', () => {
  it('are given as far as they are granted and the profile service has none', async () => {
    const claims = { email: 'login@example.com', level: 3, name: 'Login', sub: 'eve' }
    const at = worldWith(
      { user: { subject: 'bob', claims } },
      { profile: { claims: async () => ({ email: 'bob@example.com' }) } },
    )
    const response = await ask(at, bearer(await issued(at, 'openid email hr')))
    expect(bodyOf(response)).toEqual({ sub: 'bob', email: 'bob@example.com', level: 3 })
  })
})

describe('the user at userinfo', () => {
  it('has to be active still, by a service that may be a class', async () => {
    class Directory {
      readonly gone = new Set(['bob client'])
      readonly claims = async () => ({})
      async isActive({ subject, clientId }: { subject: string; clientId: string }) {
        return !this.gone.has(`${subject} ${clientId}`)
      }
    }
    const at = world({ profile: new Directory() })
    const response = await ask(at, bearer(await accessToken()))
    expect(response.status).toBe(401)
    expect(bodyOf(response)['error']).toBe('invalid_token')
    expect((await ask(at, bearer(await accessToken({ sub: 'alice' })))).status).toBe(200)
  })

  const failure = new Error('10.0.0.7 is down')
  const fail = async () => {
    throw failure
  }

  it.each<[string, Partial<AuthorizationServerOptions>]>([
    ['whether the user is active', { profile: { claims: async () => ({}), isActive: fail } }],
    ['the claims', { profile: { claims: fail } }],
    ['whether the token was revoked', { store: brokenStore('find', failure) }],
  ])('cannot be told of when nobody can look up %s', async (_, options) => {
    const at = world(options)
    const response = await ask(at, bearer(await accessToken({ scope: 'openid email' })))
    expect(response.status).toBe(503)
    expect(response.headers['retry-after']).toBe('5')
    expect(challengeOf(response)).toBeUndefined()
    expect(bodyOf(response)['error']).toBe('temporarily_unavailable')
    expect(response.body).not.toContain('10.0.0.7')
    expect(at.events).toEqual([{ type: 'server_error', path: '/userinfo', cause: failure }])
  })
})
