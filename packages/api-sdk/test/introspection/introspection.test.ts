import { Buffer } from 'node:buffer'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createReferenceWorld, introspectionEndpoint, opaque } from '../support/reference-world.js'
import { createKey, issuer, now, resource } from '../support/test-issuer.js'

const authorizationOf = (init: RequestInit | undefined): string =>
  new Headers(init?.headers).get('authorization') ?? ''

afterEach(() => {
  vi.restoreAllMocks()
})

describe('credentials at the introspection endpoint', () => {
  it.each([
    ['the resource by default', undefined, 'secret', 'https%3A%2F%2Fapi.example.com:secret'],
    ['N14 with :', 'urn:invoices', 'a:b', 'urn%3Ainvoices:a%3Ab'],
    ['N14 with % + space', '100% a+b', 'p%41+ q', '100%25+a%2Bb:p%2541%2B+q'],
    ['N14 beyond ASCII', 'é', '&=', '%C3%A9:%26%3D'],
  ])('are %s', async (_, id, secret, expected) => {
    const clientAuth = id === undefined ? { secret } : { id, secret }
    const world = createReferenceWorld({}, { clientAuth })
    expect(await world.outcome(opaque)).toBe('alice')
    const [scheme, encoded = ''] = authorizationOf(world.calls[0]).split(' ')
    expect([scheme, Buffer.from(encoded, 'base64').toString()]).toEqual(['Basic', expected])
  })

  it('appear in no event and no error', async () => {
    const world = createReferenceWorld()
    world.answerWith(() => new Response('', { status: 401 }))
    const error: unknown = await world.api.verify(opaque).catch((thrown: unknown) => thrown)
    const encoded = authorizationOf(world.calls[0]).slice('Basic '.length)
    const told = JSON.stringify([world.events, String(error), error])
    expect(told).toContain('introspection_credentials_rejected')
    for (const secret of ['api secret', 'api+secret', encoded, opaque]) {
      expect(told).not.toContain(secret)
    }
  })
})

describe('answers', () => {
  it.each([
    ['one minute', undefined, undefined, 60],
    ['as long as the configuration says', 5, undefined, 5],
    ['as long as they say', undefined, 'private, max-age=20', 20],
    ['no longer than the configuration says', 5, 'max-age=20', 5],
  ])('are used for %s', async (_, cacheFor, cacheControl, seconds) => {
    const world = createReferenceWorld(
      cacheFor === undefined ? {} : { introspection: { cacheFor } },
    )
    world.say({}, cacheControl)
    await world.outcome(opaque)
    world.answerWith(() => Response.json({ active: false }))
    world.pass(seconds - 1)
    expect(await world.outcome(opaque)).toBe('alice')
    world.pass(1)
    expect(await world.outcome(opaque)).toBe('inactive')
  })

  it.each([
    ['no-store', 60, 'no-store'],
    ['max-age=0', 60, 'private, max-age=0'],
    ['cacheFor 0', 0, undefined],
  ])('are asked for each time with %s', async (_, cacheFor, cacheControl) => {
    const world = createReferenceWorld({ introspection: { cacheFor } })
    world.say({}, cacheControl)
    await world.outcome(opaque)
    await world.outcome(opaque)
    expect(world.calls).toHaveLength(2)
  })

  it('N11 about 10,000 tokens are kept, and made-up tokens do not drive out good ones', async () => {
    const world = createReferenceWorld()
    expect(await world.outcome(opaque)).toBe('alice')
    world.answerWith(() => Response.json({ active: false }))
    for (let index = 0; index <= 10_000; index += 1) {
      expect(await world.outcome(`made-up-${index}`)).toBe('inactive')
    }
    expect(await world.outcome(opaque)).toBe('alice')
    const asked = world.calls.length
    await world.outcome('made-up-1')
    expect(world.calls).toHaveLength(asked)
    await world.outcome('made-up-0')
    expect(world.calls).toHaveLength(asked + 1)
    // Ten thousand answers take long on a busy machine.
  }, 180_000)

  it('N11 are kept without the token', async () => {
    const world = createReferenceWorld()
    const set = vi.spyOn(Map.prototype, 'set')
    await world.outcome(opaque)
    const kept = set.mock.calls.map((entry) => JSON.stringify(entry)).join('\n')
    expect(kept).toContain('alice')
    expect(kept).not.toContain(opaque)
  })

  it('N18 are handed out as claims that are frozen', async () => {
    const world = createReferenceWorld()
    world.say({ email: 'alice@example.com', roles: ['a'] })
    const auth = await world.api.verify(opaque)
    expect(auth).toMatchObject({
      subject: 'alice',
      clientId: 'web',
      issuer,
      audience: [resource],
      scopes: new Set(['read']),
      token: { jti: 'token-1', expiresAt: now + 300 },
    })
    expect(auth.token.expose()).toBe(opaque)
    expect(auth.claims).toMatchObject({ email: 'alice@example.com' })
    expect(auth.claims['active']).toBeUndefined()
    expect(() => (auth.claims['roles'] as string[]).push('b')).toThrow(TypeError)
  })
})

it.each([[resource], [[resource]], [['https://other.example', resource]]])(
  'N18 an answer may name one audience or several: %j',
  async (aud) => {
    const world = createReferenceWorld()
    world.say({ aud })
    expect((await world.api.verify(opaque)).audience).toEqual([aud].flat())
  },
)

describe('an answer that leaves something out', () => {
  it('leaves its name undefined', async () => {
    const world = createReferenceWorld()
    world.say({ jti: undefined })
    expect((await world.api.verify(opaque)).token.jti).toBeUndefined()
  })

  it('has to tell the age of a token that may not be old', async () => {
    const world = createReferenceWorld({ maxTokenAge: 600 })
    expect(await world.outcome(opaque)).toBe('alice')
    world.say({ iat: undefined })
    expect(await world.outcome('no-iat')).toBe('missing_claim')
    world.say({ iat: now - 631 })
    expect(await world.outcome('old')).toBe('too_old')
  })

  it('has to name the subject unless that is optional', async () => {
    const world = createReferenceWorld({ subject: 'optional' })
    world.say({ sub: undefined })
    expect(await world.api.verify(opaque)).toMatchObject({ subject: undefined, isMachine: true })
  })

  it("N05 need not name the audience with audience: 'if-present'", async () => {
    const world = createReferenceWorld({ introspection: { audience: 'if-present' } })
    world.say({ aud: undefined })
    expect((await world.api.verify(opaque)).audience).toEqual([])
    for (const [index, aud] of ['https://other.example', [], '', null, 1].entries()) {
      world.say({ aud })
      const outcome = await world.outcome(`token-${index}`)
      expect(outcome).toBe(index === 0 ? 'wrong_audience' : 'malformed_claim')
    }
  })

  it.each(['aud', 'jti', 'iat'])('is no excuse for a JWT without %s', async (name) => {
    const world = createReferenceWorld({ introspection: { audience: 'if-present' } })
    expect(await world.outcome(world.token({ [name]: undefined }))).toBe('missing_claim')
  })
})

describe('the introspection endpoint', () => {
  const metadataUrl = `${issuer}/.well-known/openid-configuration`
  const discovering = (options = {}) =>
    createReferenceWorld(options, { introspectionEndpoint: undefined } as object)

  it('is found once through the metadata', async () => {
    const world = discovering()
    world.network.serveJson(metadataUrl, { issuer, introspection_endpoint: introspectionEndpoint })
    await Promise.all(['a', 'b', 'c'].map(world.outcome))
    expect(world.network.requests.filter((url) => url === metadataUrl)).toHaveLength(1)
    expect(world.calls).toHaveLength(3)
  })

  it('is looked for again after a failure', async () => {
    const world = discovering()
    expect(await world.outcome(opaque)).toBe('introspection_unavailable')
    world.network.serveJson(metadataUrl, { issuer, introspection_endpoint: `${issuer}/old` })
    world.pass(1)
    expect(await world.outcome(opaque)).toBe('introspection_unavailable')
    world.network.serveJson(metadataUrl, { issuer, introspection_endpoint: introspectionEndpoint })
    world.pass(2)
    expect(await world.outcome(opaque)).toBe('alice')
  })

  it.each([
    ['none', {}],
    ['plain http', { introspection_endpoint: 'http://id.example.com/introspect' }],
    ['this machine', { introspection_endpoint: 'http://127.0.0.1/introspect' }],
    ['another issuer', { issuer: 'https://evil.example', introspection_endpoint: `${issuer}/i` }],
  ])('I11 is not taken from metadata that name %s', async (_, metadata) => {
    const world = discovering()
    world.network.serveJson(metadataUrl, { issuer, ...metadata })
    expect(await world.outcome(opaque)).toBe('introspection_unavailable')
    expect(world.calls).toEqual([])
    await expect(world.api.ready()).rejects.toThrow(metadataUrl)
  })

  it('is found by ready(), which says when it cannot be', async () => {
    const world = discovering()
    await expect(world.api.ready()).rejects.toMatchObject({ reason: 'introspection_unavailable' })
    world.network.serveJson(metadataUrl, { issuer, introspection_endpoint: introspectionEndpoint })
    await world.api.ready()
    expect(world.calls).toEqual([])
  })

  it("is all that counts with tokens: 'introspection'", async () => {
    const world = discovering({ tokens: 'introspection' })
    world.publish([])
    world.network.serveJson(metadataUrl, { issuer, introspection_endpoint: introspectionEndpoint })
    await world.api.ready()
    expect(world.network.requests).toEqual([metadataUrl])
    expect(world.api.health()).toEqual([])
  })
})

it('asks the one of several issuers that has credentials, and accepts no other from it', async () => {
  const other = createKey('ES256', 'k1')
  const world = createReferenceWorld({
    issuers: [
      { issuer: 'https://a.example', jwks: { keys: [other.jwk] } },
      {
        issuer,
        jwks: { keys: [other.jwk] },
        introspectionEndpoint,
        clientAuth: { secret: 'secret' },
      },
    ],
  })
  expect(await world.outcome(opaque)).toBe('alice')
  world.say({ iss: 'https://a.example' })
  expect(await world.outcome('another')).toBe('unknown_issuer')
})
