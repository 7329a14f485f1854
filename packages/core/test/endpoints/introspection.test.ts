import { createPublicKey } from 'node:crypto'
import type { HttpResponse } from '@bailiwick/protocol'
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { createMemoryStore, sha256 } from '../../src/index.js'
import type { AuthorizationServer, AuthorizationServerOptions } from '../../src/index.js'
import {
  handles,
  introspect,
  issued,
  jwts,
  open,
  resources,
  tokenWorld,
} from '../support/introspection.js'
import { accessToken, brokenStore } from '../support/own-tokens.js'
import { createClock } from '../support/people.js'
import { basic, bodyOf, issuer, now, post, signingKeys } from '../support/server.js'

const inactive = '{"active":false}'
const everything = 'openid email read pay shared transaction:42 offline_access'

const ask = async (
  server: AuthorizationServer,
  caller: string,
  token: string,
): Promise<Record<string, unknown>> => bodyOf(await introspect(server, caller, { token }))

const withHeaders = (
  server: AuthorizationServer,
  form: Record<string, string>,
  headers: Record<string, string>,
): Promise<HttpResponse> =>
  post(server, form, {
    path: '/introspect',
    authorization: basic('urn:invoices', 'secret'),
    headers,
  })

describe.each(['handles', 'jwts'])('introspection of access tokens of %s', (clientId) => {
  it('shows an API its own scopes and claims, and the audience whole', async () => {
    const { server } = tokenWorld()
    const { access_token: token } = await issued(server, clientId, { scope: everything })
    const common = {
      active: true,
      iss: issuer,
      sub: 'bob',
      aud: ['urn:invoices', 'urn:payments'],
      client_id: clientId,
      iat: now,
      nbf: now,
      exp: now + 3600,
      jti: expect.any(String) as string,
      token_type: 'Bearer',
      auth_time: 1_700_000_000,
      amr: ['pwd'],
      acr: 'urn:mfa',
      sid: 'session',
      idp: 'local',
    }
    expect(await ask(server, 'urn:invoices', token)).toEqual({
      ...common,
      scope: 'read shared transaction:42',
      role: ['admin'],
      department: 7,
    })
    expect(await ask(server, 'urn:payments', token)).toEqual({
      ...common,
      scope: 'pay shared',
      limit: 5,
      region: 'west',
    })
  })

  it('shows no claims of a scope that is not in the token', async () => {
    const { server } = tokenWorld()
    const { access_token: token } = await issued(server, clientId, { scope: 'shared' })
    const body = await ask(server, 'urn:invoices', token)
    expect(body).toMatchObject({ scope: 'shared', department: 7 })
    expect(body).not.toHaveProperty('role')
  })

  it('shows a client everything that its token says', async () => {
    const { server } = tokenWorld()
    const { access_token: token } = await issued(server, clientId, { scope: everything })
    const body = await ask(server, clientId, token)
    expect(body).toMatchObject({
      active: true,
      token_type: 'Bearer',
      scope: everything,
      role: ['admin'],
      limit: 5,
      department: 7,
      region: 'west',
    })
    const all = ['handles', 'jwts'].filter((other) => other !== clientId)
    for (const other of all) expect(await ask(server, other, token)).toEqual({ active: false })
  })

  it('shows a token without a user, with what is known of its client', async () => {
    const { server } = tokenWorld()
    const { access_token: token } = await issued(server, clientId, {
      grant_type: 'client_credentials',
      scope: 'read',
    })
    expect(await ask(server, 'urn:invoices', token)).toEqual({
      active: true,
      iss: issuer,
      sub: clientId,
      aud: 'urn:invoices',
      client_id: clientId,
      scope: 'read',
      iat: now,
      nbf: now,
      exp: now + 3600,
      jti: expect.any(String) as string,
      client_tier: 'gold',
      token_type: 'Bearer',
    })
  })

  it('shows a claim of the user under the name of a claim of the client to nobody but who lists it', async () => {
    const clients = [handles, jwts].map((client) => ({
      ...client,
      claims: { region: 'of the client' },
      clientClaimsPrefix: '',
    }))
    const { server } = tokenWorld({ clients })
    const { access_token: token } = await issued(server, clientId, { scope: 'shared' })
    expect(await ask(server, 'urn:payments', token)).toMatchObject({ region: 'west' })
    expect(await ask(server, 'urn:invoices', token)).not.toHaveProperty('region')
  })

  it('answers an API that is not in the audience with nothing, though it lists the scope', async () => {
    const { server } = tokenWorld()
    const parameters = { scope: 'shared', resource: 'urn:invoices' }
    const { access_token: token } = await issued(server, clientId, parameters)
    expect((await introspect(server, 'urn:payments', { token })).body).toBe(inactive)
    expect(await ask(server, 'urn:invoices', token)).toMatchObject({ active: true })
  })

  it('goes by the scopes where there is no audience', async () => {
    const isolated = resources.apiResources?.map((api) => ({
      ...api,
      requireResourceIndicator: true,
    }))
    const { server } = tokenWorld({ resources: { ...resources, apiResources: isolated ?? [] } })
    const { access_token: token } = await issued(server, clientId, { scope: 'transaction:7' })
    const body = await ask(server, 'urn:invoices', token)
    expect(body).toMatchObject({ active: true, scope: 'transaction:7' })
    expect(body).not.toHaveProperty('aud')
    expect(await ask(server, 'urn:payments', token)).toEqual({ active: false })
  })

  it('writes scope as a string where tokens have a list', async () => {
    const { server } = tokenWorld({ compatibility: 'duende' })
    const { access_token: token } = await issued(server, clientId, { scope: 'read shared pay' })
    expect(await ask(server, clientId, token)).toMatchObject({ scope: 'read shared pay' })
    expect(await ask(server, 'urn:invoices', token)).toMatchObject({ scope: 'read shared' })
  })

  it('lets no claim say that a token is active, or what it is', async () => {
    const apiResources = [
      {
        name: 'urn:invoices',
        scopes: ['read'],
        userClaims: ['active', 'token_type'],
        secrets: [{ value: sha256('secret') }],
      },
    ]
    const { server } = tokenWorld({
      resources: { ...resources, apiResources },
      profile: { claims: async () => ({ active: false, token_type: 'none' }) },
    })
    const { access_token: token } = await issued(server, clientId, { scope: 'read' })
    for (const caller of ['urn:invoices', clientId]) {
      expect(await ask(server, caller, token)).toMatchObject({ active: true, token_type: 'Bearer' })
    }
  })

  it('knows nothing of a token when its time is over', async () => {
    const clock = createClock()
    const { server } = tokenWorld({ now: clock.now })
    const { access_token: token } = await issued(server, clientId, { scope: 'read' })
    clock.pass(3599)
    expect(await ask(server, 'urn:invoices', token)).toMatchObject({ active: true })
    clock.pass(1)
    expect(await ask(server, 'urn:invoices', token)).toEqual({ active: false })
  })

  it.each<[string, Partial<AuthorizationServerOptions>]>([
    ['client is disabled', { clients: [handles, jwts].map((c) => ({ ...c, enabled: false })) }],
    ['client is gone', { clients: [open] }],
    ['user is not active', { profile: { claims: async () => ({}), isActive: async () => false } }],
    [
      'API is disabled',
      {
        resources: {
          ...resources,
          apiResources:
            resources.apiResources?.map((api) => ({
              ...api,
              enabled: api.name !== 'urn:invoices',
            })) ?? [],
        },
      },
    ],
  ])('knows nothing of a token whose %s', async (reason, options) => {
    const store = createMemoryStore({ now: () => now })
    const { access_token: token } = await issued(tokenWorld({ store }).server, clientId, {
      scope: 'read',
    })
    const { server } = tokenWorld({ store, ...options })
    const response = await introspect(server, 'urn:invoices', { token })
    if (reason.startsWith('API')) expect(response.status).toBe(401)
    else expect(response.body).toBe(inactive)
  })

  it('asks about the user only where there is one, and of a token that concerns who asks', async () => {
    const asked: unknown[] = []
    const { server } = tokenWorld({
      profile: { claims: async () => ({}), isActive: async (request) => asked.push(request) > 0 },
    })
    const own = { grant_type: 'client_credentials', scope: 'read' }
    const { access_token: ofClient } = await issued(server, clientId, own)
    const { access_token: ofUser } = await issued(server, clientId, { scope: 'read' })
    await ask(server, 'urn:invoices', ofClient)
    await ask(server, 'urn:payments', ofUser)
    expect(asked).toEqual([])
    await ask(server, 'urn:invoices', ofUser)
    expect(asked).toEqual([{ subject: 'bob', clientId }])
  })

  it.each(['access_token', 'refresh_token', 'bogus'])(
    'finds it whatever token_type_hint says: %s',
    async (hint) => {
      const { server } = tokenWorld()
      const { access_token: token } = await issued(server, clientId, { scope: 'read' })
      const form = { token, token_type_hint: hint }
      for (const caller of ['urn:invoices', clientId]) {
        expect(bodyOf(await introspect(server, caller, form))).toMatchObject({ active: true })
      }
    },
  )
})

describe('introspection of refresh tokens', () => {
  it.each(['access_token', 'refresh_token', 'bogus'])(
    'is for the client they were issued to, with token_type_hint=%s',
    async (hint) => {
      const { server } = tokenWorld()
      const { refresh_token: token } = await issued(server, 'jwts', {
        scope: 'openid read offline_access',
        resource: 'urn:invoices',
      })
      const form = { token, token_type_hint: hint }
      expect(bodyOf(await introspect(server, 'jwts', form))).toEqual({
        active: true,
        iss: issuer,
        sub: 'bob',
        client_id: 'jwts',
        scope: 'openid read offline_access',
        iat: now,
        exp: now + 2_592_000,
        auth_time: 1_700_000_000,
        amr: ['pwd'],
        acr: 'urn:mfa',
        sid: 'session',
        idp: 'local',
      })
      for (const caller of ['handles', 'urn:invoices']) {
        expect((await introspect(server, caller, form)).body).toBe(inactive)
      }
    },
  )

  it('knows nothing of one that was replaced', async () => {
    const clients = [{ ...handles, refreshTokenUsage: 'oneTimeOnly' }] as const
    const { server } = tokenWorld({ clients })
    const { refresh_token: first } = await issued(server, 'handles', {
      scope: 'read offline_access',
    })
    const refresh = { grant_type: 'refresh_token', refresh_token: first, scope: 'read' }
    const { refresh_token: second } = await issued(server, 'handles', refresh)
    expect(await ask(server, 'handles', first)).toEqual({ active: false })
    expect(await ask(server, 'handles', second)).toMatchObject({ active: true })
  })

  it.each<[string, Partial<AuthorizationServerOptions>]>([
    ['user is not active', { profile: { claims: async () => ({}), isActive: async () => false } }],
    ['client may have none any more', { clients: [{ ...handles, allowOfflineAccess: false }] }],
  ])('knows nothing of one whose %s', async (_, options) => {
    const store = createMemoryStore({ now: () => now })
    const { refresh_token: token } = await issued(tokenWorld({ store }).server, 'handles', {
      scope: 'read offline_access',
    })
    expect(await ask(tokenWorld({ store, ...options }).server, 'handles', token)).toEqual({
      active: false,
    })
  })
})

describe('what is no token', () => {
  const ofJwts = { aud: 'urn:invoices', client_id: 'jwts' }

  it.each<[string, () => string | Promise<string>]>([
    ['a word', () => 'unknown'],
    ['a handle', () => 'x'.repeat(43)],
    ['50 KB', () => 'x'.repeat(50_000)],
    ['50 KB in three parts', () => `${'x'.repeat(25_000)}.${'x'.repeat(25_000)}.x`],
    ['three parts', () => 'a.b.c'],
    ['four parts', () => 'a.b.c.d'],
    ['two dots', () => '..'],
    ['an ID token', () => accessToken(ofJwts, { typ: 'JWT' })],
    [
      'a token of another issuer',
      () => accessToken({ ...ofJwts, iss: 'https://evil.example.com' }),
    ],
    ['a token that is not valid yet', () => accessToken({ ...ofJwts, nbf: now + 31 })],
    ['a JWT that is too long', () => accessToken({ ...ofJwts, much: 'x'.repeat(20_000) })],
    [
      'a token with a foreign signature',
      async () => {
        const token = await accessToken(ofJwts)
        return `${token.slice(0, -8)}AAAAAAAA`
      },
    ],
  ])('is inactive and nothing else: %s', async (_, make) => {
    const { server } = tokenWorld()
    const token = await make()
    for (const caller of ['urn:invoices', 'jwts']) {
      const response = await introspect(server, caller, { token })
      expect(response).toEqual({
        status: 200,
        headers: {
          'content-type': 'application/json',
          'cache-control': 'no-store',
          pragma: 'no-cache',
        },
        body: inactive,
      })
    }
  })

  it('differs in one thing from what is one', async () => {
    const { server } = tokenWorld()
    const token = await accessToken(ofJwts)
    for (const caller of ['urn:invoices', 'jwts']) {
      expect(await ask(server, caller, token)).toMatchObject({ active: true })
    }
  })

  it('is not a token of a node whose clock is a little ahead', async () => {
    const { server } = tokenWorld()
    const token = await accessToken({ ...ofJwts, iat: now + 30, nbf: now + 30 })
    expect(await ask(server, 'urn:invoices', token)).toMatchObject({ active: true })
  })

  it('costs no look-up when it is too long', async () => {
    const { server } = tokenWorld({ store: brokenStore('find', new Error('was asked')) })
    expect((await introspect(server, 'handles', { token: 'x'.repeat(513) })).status).toBe(200)
    expect((await introspect(server, 'handles', { token: 'x'.repeat(512) })).status).toBe(503)
  })
})

describe('who may ask', () => {
  const form = { token: 'unknown' }
  const challenge = ['Basic realm="token", charset="UTF-8"']
  const asking = (authorization: string | null, more: Record<string, string> = {}) =>
    post(tokenWorld().server, { ...form, ...more }, { path: '/introspect', authorization })

  it.each<[string, string | null, Record<string, string>]>([
    ['an API in the header', basic('urn:invoices', 'secret'), {}],
    ['an API in the form', null, { client_id: 'urn:invoices', client_secret: 'secret' }],
    ['a client in the header', basic('handles', 'secret'), {}],
    ['a client in the form', null, { client_id: 'handles', client_secret: 'secret' }],
  ])('is %s', async (_, authorization, more) => {
    expect((await asking(authorization, more)).status).toBe(200)
  })

  it.each<[string, string | null, Record<string, string>]>([
    ['nobody', null, {}],
    ['an API with a wrong secret', basic('urn:invoices', 'wrong'), {}],
    ['an API that names itself only', null, { client_id: 'urn:invoices' }],
    ['an unknown API', basic('urn:unknown', 'secret'), {}],
    ['an unknown API in the form', null, { client_id: 'urn:unknown', client_secret: 'secret' }],
    ['a public client', null, { client_id: 'open' }],
    ['a client with a wrong secret', basic('handles', 'wrong'), {}],
    ['a name that is not form-urlencoded', `Basic ${btoa('urn:invoices:secret')}`, {}],
  ])('is not %s', async (_, authorization, more) => {
    const response = await asking(authorization, more)
    expect(response.status).toBe(401)
    expect(bodyOf(response)['error']).toBe('invalid_client')
    expect(response.headers['www-authenticate']).toEqual(challenge)
  })

  it('is not told who exists', async () => {
    const [wrong, unknown] = await Promise.all(
      ['urn:invoices', 'urn:unknown'].map((name) => asking(basic(name, 'wrong'))),
    )
    expect(wrong).toEqual(unknown)
  })

  it('is found among APIs and clients with the same work, and both may have the same name', async () => {
    const seen: string[] = []
    const namesake = {
      ...jwts,
      clientId: 'urn:invoices',
      clientSecrets: [{ value: sha256('of the client') }],
    }
    const { server } = tokenWorld({
      clients: [handles, namesake],
      clientAuthenticationMethods: [
        {
          name: 'counting',
          read: ({ parameters }) => ({
            clientId: parameters.get('client_id') ?? '',
            prove: ({ clientId, secrets: [secret] }) => {
              seen.push(clientId)
              return (
                Buffer.from(secret?.hash ?? []).toString('base64') ===
                sha256(parameters.get('secret') ?? '')
              )
            },
          }),
        },
      ],
    })
    const { access_token: token } = await issued(tokenWorld().server, 'jwts', { scope: 'read' })
    const statusOf = async (client_id: string, secret: string) =>
      (
        await post(
          server,
          { token, client_id, secret },
          { path: '/introspect', authorization: null },
        )
      ).status
    expect(await statusOf('urn:invoices', 'secret')).toBe(200)
    expect(await statusOf('urn:invoices', 'of the client')).toBe(200)
    expect(await statusOf('handles', 'secret')).toBe(200)
    expect(await statusOf('unknown', 'secret')).toBe(401)
    expect(seen).toEqual([
      'urn:invoices',
      'urn:invoices',
      'urn:invoices',
      'urn:invoices',
      '',
      'handles',
      '',
      '',
    ])
  })

  it('is a client whose method proves anything, though no API has its name', async () => {
    const prove = () => true
    const credulous = { name: 'credulous', read: () => ({ clientId: 'jwts', prove }) }
    const { server } = tokenWorld({ clientAuthenticationMethods: [credulous] })
    const token = await accessToken({ client_id: 'jwts' })
    expect(await ask(server, 'jwts', token)).toMatchObject({ active: true })
  })

  it.each([
    [now - 1, 200],
    [now, 401],
  ])('is an API until its secret expires: at %d', async (time, status) => {
    const expiration = new Date(now * 1000).toISOString()
    const apiResources = [
      {
        name: 'urn:invoices',
        scopes: ['read'],
        secrets: [{ value: sha256('secret'), expiration }],
      },
    ]
    const { server } = tokenWorld({ resources: { ...resources, apiResources }, now: () => time })
    expect((await introspect(server, 'urn:invoices', form)).status).toBe(status)
  })
})

describe('an introspection request', () => {
  it.each([
    ['no token', {}, 400, /^token is missing$/],
    ['a blank token', { token: ' ' }, 400, /^token is missing$/],
  ])('with %s is refused', async (_, form, status, description) => {
    const response = await introspect(tokenWorld().server, 'urn:invoices', form)
    expect(response.status).toBe(status)
    expect(bodyOf(response)).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringMatching(description) as string,
    })
  })

  it('is a form', async () => {
    const response = await withHeaders(
      tokenWorld().server,
      { token: 'x' },
      { 'content-type': 'application/json' },
    )
    expect(response.status).toBe(415)
    expect(bodyOf(response)['error']).toBe('invalid_request')
  })

  it('is a POST', async () => {
    const response = await tokenWorld().server.handle({
      method: 'GET',
      url: '/introspect?token=x',
      headers: {},
      body: async () => '',
    })
    expect(response).toMatchObject({ status: 405, headers: { allow: 'POST' } })
  })

  it('is no matter for scripts in browsers', async () => {
    const clients = [{ ...handles, allowedCorsOrigins: ['https://app.example.com'] }]
    const response = await withHeaders(
      tokenWorld({ clients }).server,
      { token: 'x' },
      { origin: 'https://app.example.com' },
    )
    expect(
      Object.keys(response.headers).filter((name) => name.startsWith('access-control')),
    ).toEqual([])
  })

  it.each<[string, Partial<AuthorizationServerOptions>]>([
    ['the token', { store: brokenStore('find', new Error('10.0.0.7 is down')) }],
    [
      'the user',
      {
        profile: {
          claims: async () => ({}),
          isActive: () => Promise.reject(new Error('10.0.0.7 is down')),
        },
      },
    ],
  ])('is answered with 503 when nobody can look up %s', async (_, options) => {
    const token = await accessToken({ aud: 'urn:invoices', client_id: 'jwts' })
    const response = await introspect(tokenWorld(options).server, 'urn:invoices', { token })
    expect(response).toMatchObject({ status: 503, headers: { 'retry-after': '5' } })
    expect(response.body).not.toContain('10.0.0.7')
  })
})

describe('how long an answer may be kept', () => {
  it.each([
    [undefined, 3600, 'private, max-age=60'],
    [10, 3600, 'private, max-age=10'],
    [60, 20, 'private, max-age=20'],
    [0, 3600, 'no-store'],
  ])(
    'with introspectionMaxAge %s and %d seconds left: %s',
    async (introspectionMaxAge, accessTokenLifetime, caching) => {
      const { server } = tokenWorld({
        clients: [{ ...handles, accessTokenLifetime }],
        ...(introspectionMaxAge !== undefined && { introspectionMaxAge }),
      })
      const { access_token: token } = await issued(server, 'handles', { scope: 'read' })
      const { headers } = await introspect(server, 'urn:invoices', { token })
      expect(headers['cache-control']).toBe(caching)
    },
  )
})

describe('a signed answer (RFC 9701)', () => {
  const jwtType = 'application/token-introspection+jwt'

  const asked = async (
    accept: string,
    {
      caller = 'urn:invoices',
      token,
      options = {},
    }: {
      readonly caller?: string
      readonly token?: string
      readonly options?: Partial<AuthorizationServerOptions>
    } = {},
  ) => {
    const { server } = tokenWorld(options)
    const { access_token: good } = await issued(server, 'handles', { scope: 'read' })
    return post(
      server,
      { token: token ?? good },
      { path: '/introspect', authorization: basic(caller, 'secret'), headers: { accept } },
    )
  }

  it.each(['urn:invoices', 'handles'])('is for who asked: %s', async (caller) => {
    const response = await asked(jwtType, { caller })
    expect(response.headers).toMatchObject({
      'content-type': jwtType,
      'cache-control': 'private, max-age=60',
    })
    const key = createPublicKey({ key: { ...signingKeys[0] }, format: 'jwk' })
    const { payload, protectedHeader } = await jwtVerify(response.body ?? '', key, {
      currentDate: new Date(now * 1000),
    })
    expect(protectedHeader).toMatchObject({ typ: 'token-introspection+jwt', alg: 'RS256' })
    expect(payload).toEqual({
      iss: issuer,
      aud: caller,
      iat: now,
      token_introspection: expect.objectContaining({
        active: true,
        sub: 'bob',
        scope: 'read',
      }) as object,
    })
  })

  it('says no more than active: false of what is inactive', async () => {
    const response = await asked(jwtType, { token: 'unknown' })
    expect(decodeJwt(response.body ?? '')).toEqual({
      iss: issuer,
      aud: 'urn:invoices',
      iat: now,
      token_introspection: { active: false },
    })
    expect(response.headers['cache-control']).toBe('no-store')
  })

  it('is signed with the algorithm that the API prefers', async () => {
    const apiResources = resources.apiResources?.map((api) => ({
      ...api,
      allowedAccessTokenSigningAlgorithms: ['ES256', 'PS256'] as const,
    }))
    const response = await asked(jwtType, {
      options: { resources: { ...resources, apiResources: apiResources ?? [] } },
    })
    expect(decodeProtectedHeader(response.body ?? '').alg).toBe('ES256')
  })

  it('is no access token and no ID token', async () => {
    const { body = '' } = await asked(jwtType)
    expect(await ask(tokenWorld().server, 'urn:invoices', body)).toEqual({ active: false })
  })

  it.each([
    [jwtType, true],
    ['Application/Token-Introspection+JWT', true],
    [`${jwtType}, application/json`, true],
    [`application/json;q=0.9, ${jwtType}`, true],
    [`${jwtType};q=0.5, text/html`, true],
    [`${jwtType} ; q=1.000`, true],
    [`${jwtType}, */*;q=0.1`, true],
    [`application/*;q=0.2, ${jwtType};q=0.3, */*`, true],
    ['', false],
    ['*/*', false],
    ['application/*', false],
    ['application/json', false],
    [`application/json, ${jwtType};q=0.9`, false],
    [`application/*, ${jwtType};q=0.9`, false],
    [`${jwtType};q=0.4, */*;q=0.5`, false],
    [`${jwtType};q=0`, false],
    [`${jwtType};q=2`, false],
    [`${jwtType};v=1`, false],
    [`x${jwtType}`, false],
  ])('is given for accept: %s: %s', async (accept, isSigned) => {
    const response = await asked(accept)
    expect(response.headers['content-type']).toBe(isSigned ? jwtType : 'application/json')
  })

  it('is not looked for in a header without end', async () => {
    const response = await asked(`text/html${','.repeat(1000)}${jwtType}`)
    expect(response.headers['content-type']).toBe('application/json')
  })
})
