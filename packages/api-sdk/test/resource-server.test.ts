import { defineResources } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { ApiAuthError, createResourceServer } from '../src/index.js'
import type { Auth, ResourceServerOptions } from '../src/index.js'
import { createKey, headerOf, now, sign, tokenOf, validClaims } from './support/test-issuer.js'
import { createWorld } from './support/world.js'

const resource = 'https://api.example.com'

const authOf = async (claims?: Record<string, unknown>): Promise<Auth> => {
  const { api, token } = createWorld({ subject: 'optional' })
  return api.verify(token(claims))
}

describe('createResourceServer', () => {
  it('tells who calls', async () => {
    const { api, token } = createWorld()
    const value = token({ scope: 'read write', plan: 'pro' })
    const auth = await api.verify(value)
    expect(auth).toMatchObject({
      subject: 'alice',
      clientId: 'web',
      issuer: 'https://id.example.com',
      audience: [resource],
      scopes: new Set(['read', 'write']),
      isMachine: false,
      token: { jti: 'token-1', expiresAt: now + 300 },
    })
    expect(auth.claims['plan']).toBe('pro')
    expect(auth.token.expose()).toBe(value)
    expect(JSON.stringify(auth)).not.toContain(value)
  })

  it.each([
    ['C08 no subject', { sub: undefined }, true],
    ['R06 the client as subject', { sub: 'web' }, true],
    ['a user', {}, false],
  ])('knows a machine by %s', async (_, claims, isMachine) => {
    expect((await authOf(claims)).isMachine).toBe(isMachine)
  })

  it.each([
    [{}, { tenant: undefined, actor: undefined, acr: undefined, amr: [], authTime: undefined }],
    [
      { tenant_id: 'a', act: { sub: 'bob' }, acr: 'urn:mfa', amr: ['pwd', 'otp'], auth_time: now },
      {
        tenant: 'a',
        actor: { sub: 'bob' },
        acr: 'urn:mfa',
        amr: ['pwd', 'otp'],
        authTime: now,
      },
    ],
    [
      { tenant_id: ['a'], act: 'bob', acr: 2, amr: ['pwd', 7], auth_time: String(now) },
      { tenant: undefined, actor: undefined, acr: undefined, amr: [], authTime: undefined },
    ],
  ])('tells what a token says of tenant, actor and authentication: %j', async (claims, told) => {
    const { tenant, actor, acr, amr, authTime } = await authOf(claims)
    expect({ tenant, actor: actor && { ...actor }, acr, amr, authTime }).toEqual(told)
  })

  it('H14 C10 hands out claims that are frozen and inherit nothing', async () => {
    const { claims } = await authOf({ address: { country: 'DE' }, roles: ['a'] })
    const prototype: unknown = Object.getPrototypeOf(claims)
    expect([Reflect.ownKeys(Object(prototype)), Object.getPrototypeOf(prototype)]).toEqual([
      [],
      null,
    ])
    expect(Object.isFrozen(prototype)).toBe(true)
    expect(claims['toString']).toBeUndefined()
    expect('constructor' in claims || '__proto__' in claims).toBe(false)
    expect(() => Object.assign(claims, { sub: 'mallory' })).toThrow(TypeError)
    expect(() => Object.assign(claims['address'] as object, { country: 'FR' })).toThrow(TypeError)
    expect(() => (claims['roles'] as string[]).push('b')).toThrow(TypeError)
  })

  it('C10 leaves out claims that are called __proto__', async () => {
    const { api, key } = createWorld()
    const members = `{"__proto__":{"admin":true},"x":{"__proto__":1},`
    const payload = `${members}${JSON.stringify(validClaims).slice(1)}`
    const { claims } = await api.verify(sign(key, headerOf(key), payload))
    expect(Object.keys(claims)).not.toContain('__proto__')
    expect(claims['x']).toEqual({})
  })

  it('verify() rejects with an error that carries its response', async () => {
    const { api } = createWorld()
    const error: unknown = await api.verify('a.b.c').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ApiAuthError)
    expect(error).toMatchObject({
      code: 'invalid_token',
      reason: 'malformed_token',
      status: 401,
      expose: true,
    })
    await expect(api.verify('a'.repeat(20_000))).rejects.toMatchObject({ reason: 'token_too_long' })
  })

  it('T22 refuses 16,000 dots before anything is decoded', async () => {
    const { api } = createWorld()
    await expect(api.verify('.'.repeat(16_000))).rejects.toMatchObject({
      reason: 'malformed_token',
    })
  })

  it('names a resource that is no URL as realm and has no metadata', async () => {
    const { api } = createWorld({ resource: 'urn:invoices' })
    const result = await api.authenticate({ method: 'GET', url: '/', headers: {} }, 'read')
    expect(result.ok ? undefined : result.response.headers['www-authenticate']).toBe(
      'Bearer realm="urn:invoices", scope="read"',
    )
    expect(api.metadataUrl).toBeUndefined()
    const url = '/.well-known/oauth-protected-resource'
    expect(api.metadataResponse({ method: 'GET', url })).toBeUndefined()
  })

  it('names a realm of your own', async () => {
    const { api } = createWorld({ realm: 'invoices' })
    const result = await api.authenticate({ method: 'GET', url: '/', headers: {} })
    expect(result.ok ? undefined : result.response.headers['www-authenticate']).toBe(
      'Bearer realm="invoices", resource_metadata="https://api.example.com/.well-known/oauth-protected-resource"',
    )
  })

  it.each([
    ['C03 expired within the tolerance', {}, { exp: now - 29 }, 'alice'],
    ['C03 no tolerance', { clockTolerance: 0 }, { exp: now }, 'expired'],
    ['C04 nbf within the tolerance', {}, { nbf: now + 30 }, 'alice'],
    ['C06 issued too long ago', { maxTokenAge: 600 }, { iat: now - 660 }, 'too_old'],
    ['C06 issued within the age', { maxTokenAge: 600 }, { iat: now - 600 }, 'alice'],
    ['A06 one of two', { audience: { all: [resource, 'b'] } }, {}, 'wrong_audience'],
    ['A06 two of two', { audience: { all: [resource, 'b'] } }, { aud: ['b', resource] }, 'alice'],
    [
      'A05 more than only',
      { audience: { only: [resource] } },
      { aud: [resource, 'b'] },
      'extra_audience',
    ],
    ['A05 other than only', { audience: { only: ['b'] } }, {}, 'wrong_audience'],
    ['A05 only', { audience: { only: [resource] } }, {}, 'alice'],
    ['another audience', { audience: 'b' }, { aud: 'b' }, 'alice'],
    ['one of several audiences', { audience: ['a', 'b'] }, { aud: 'b' }, 'alice'],
    ['none of several audiences', { audience: ['a', 'b'] }, {}, 'wrong_audience'],
    ['K18 another algorithm', { algorithms: ['PS256'] }, {}, 'algorithm_not_allowed'],
  ] satisfies [string, Partial<ResourceServerOptions>, object, string][])(
    'decides %s',
    async (_, options, claims, outcome) => {
      const world = createWorld(options)
      expect(await world.outcome(world.token(claims))).toBe(outcome)
    },
  )

  it('H13 reports nothing of a token', async () => {
    const world = createWorld()
    const tokens = [
      world.token(),
      world.token({ email: 'alice@example.com', exp: 1 }),
      `${world.token().slice(0, -8)}AAAAAAAA`,
      'not.a.token',
      world.token({ cnf: { jkt: 'x' } }),
    ]
    await Promise.all(tokens.map(world.outcome))
    const reported = world.events.map((event) => [
      JSON.stringify(event),
      'cause' in event ? String(event.cause) : '',
    ])
    for (const token of [...tokens, 'alice']) expect(String(reported)).not.toContain(token)
  })
})

describe('several issuers', () => {
  const [first, second] = [createKey('ES256', 'k1'), createKey('ES256', 'k1')]
  const world = createWorld({
    audience: resource,
    issuers: [
      { issuer: 'https://a.example', jwks: { keys: [first.jwk] }, audience: 'aud-a' },
      { issuer: 'https://b.example', jwks: { keys: [second.jwk] }, algorithms: ['ES256'] },
    ],
  })

  it.each([
    ['each its own', first, 'https://a.example', 'aud-a', 'alice'],
    ['each its own', second, 'https://b.example', resource, 'alice'],
    ['I04 the same kid of another', first, 'https://b.example', resource, 'invalid_signature'],
    ['I06 the audience of another', first, 'https://a.example', resource, 'wrong_audience'],
    ['I06 the audience of another', second, 'https://b.example', 'aud-a', 'wrong_audience'],
  ])('%s key and audience', async (_, key, iss, aud, outcome) => {
    expect(await world.outcome(tokenOf(key, { iss, aud }))).toBe(outcome)
  })

  it('I05 random issuers cause no request and leave nothing behind', async () => {
    const network = createWorld()
    for (let index = 0; index < 500; index += 1) {
      expect(await network.outcome(network.token({ iss: `https://${index}.example` }))).toBe(
        'unknown_issuer',
      )
    }
    expect(network.network.requests).toEqual([])
    expect(network.api.health()).toHaveLength(1)
  })
})

describe('resources', () => {
  const resources = defineResources({
    apiScopes: ['invoice.read', 'invoice.pay'],
    apiResources: [
      {
        name: 'urn:invoices',
        displayName: 'Invoices',
        scopes: ['invoice.read', 'invoice.pay'],
        requireResourceIndicator: true,
        allowedAccessTokenSigningAlgorithms: ['PS256'],
      },
    ],
  })
  const key = createKey('PS256', 'ps')
  const issuers = { issuer: 'https://id.example.com', jwks: { keys: [key.jwk] } }
  const api = createResourceServer({ resource: 'urn:invoices', issuers, resources, now: () => now })
  const outcome = async (token: string): Promise<unknown> =>
    api.verify(token).then(
      ({ subject }) => subject,
      (error: ApiAuthError) => error.reason,
    )

  it.each([
    ['alone', key, 'urn:invoices', 'alice'],
    ['A05 with another', key, ['urn:invoices', 'urn:other'], 'extra_audience'],
    [
      'K18 with another algorithm',
      createKey('ES256', 'k1'),
      'urn:invoices',
      'algorithm_not_allowed',
    ],
  ])('isolate an API that asks for it: %s', async (_, signer, aud, expected) => {
    expect(await outcome(tokenOf(signer, { aud }))).toBe(expected)
  })

  it('P06 tell their scopes and name in the metadata', () => {
    expect(api.metadata).toMatchObject({
      resource: 'urn:invoices',
      scopes_supported: ['invoice.read', 'invoice.pay'],
      resource_name: 'Invoices',
    })
  })
})
