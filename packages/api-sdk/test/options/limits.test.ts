import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createResourceServer } from '../../src/index.js'
import type { ApiAuthError, LimitOptions, ResourceServerOptions } from '../../src/index.js'
import { boundToken, proofOf } from '../support/proofs.js'
import { createReferenceWorld, opaque } from '../support/reference-world.js'
import { createKey, issuer, resource, validClaims } from '../support/test-issuer.js'
import { createWorld, jwksUri } from '../support/world.js'
import type { World } from '../support/world.js'

type Outcome = (limits?: LimitOptions) => Promise<string | undefined>

/** An object or list inside of as many others as that. */
const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)

const worldWith = (
  limits: LimitOptions | undefined,
  options: Partial<ResourceServerOptions> = {},
): World => createWorld({ ...(limits && { limits }), ...options })

/** What becomes of a token with some claims and header. */
const tokenWith =
  (claims: Record<string, unknown>, header: Record<string, unknown> = {}): Outcome =>
  (limits) => {
    const world = worldWith(limits)
    return world.outcome(world.token(claims, header))
  }

/** What becomes of a token that has that many characters, wherever it is presented. */
const tokenOfLength =
  (length: number): Outcome =>
  async (limits) => {
    const { api, outcome } = worldWith(limits, { sources: { query: true } })
    const token = 'a'.repeat(length)
    const verified = api.verify(token).then(
      () => 'passes',
      ({ reason }: ApiAuthError) => reason,
    )
    const url = `/?access_token=${token}`
    const queried = await api.authenticate({ method: 'GET', url, headers: {} })
    const reasons = new Set<string | undefined>([
      await outcome(token),
      await verified,
      queried.ok ? 'passes' : queried.error.reason,
    ])
    return [...reasons].join()
  }

/** What becomes of a request with such a proof. */
const proofWith =
  (claims: Record<string, unknown>): Outcome =>
  async (limits) => {
    const world = worldWith(limits)
    const token = boundToken(world)
    const headers = { authorization: `DPoP ${token}`, dpop: proofOf(token, claims) }
    const result = await world.api.authenticate({ method: 'GET', url: '/', headers })
    return result.ok ? result.auth.subject : result.error.reason
  }

/** What becomes of a token whose issuer publishes more. */
const keysWith =
  (publish: (world: World) => void): Outcome =>
  (limits) => {
    const world = worldWith(limits)
    publish(world)
    return world.outcome(world.token())
  }

const withKeys = (count: number): Outcome =>
  keysWith(({ publish, key }) => {
    publish([key.jwk, ...Array.from({ length: count - 1 }, () => null)])
  })

const withDocument = (bytes: number): Outcome =>
  keysWith(({ network, key }) => {
    const text = JSON.stringify({ keys: [key.jwk] })
    network.serve(jwksUri, () => new Response(text.padEnd(bytes)))
  })

/** What becomes of an opaque token that its issuer knows more about. */
const answerWith =
  (claims: Record<string, unknown>): Outcome =>
  (limits) => {
    const world = createReferenceWorld(limits && { limits })
    world.say(claims)
    return world.outcome(opaque)
  }

/** What becomes of an opaque token of an issuer in this process. */
const localAnswerWith =
  (claims: Record<string, unknown>): Outcome =>
  (limits) => {
    const local = {
      ready: async () => undefined,
      findKey: async () => undefined,
      introspect: async () => ({ active: true, ...validClaims, ...claims }),
    }
    return worldWith(limits, { issuers: { issuer, local } }).outcome(opaque)
  }

describe('limits', () => {
  it.each<[string, LimitOptions, Outcome, Outcome, string]>([
    [
      'a token',
      { token: 16_384 },
      tokenOfLength(16_384),
      tokenOfLength(16_385),
      'malformed_token,token_too_long',
    ],
    [
      'a proof',
      { proof: 4096 },
      proofWith({ x: 'x' }),
      proofWith({ x: 'x'.repeat(4096) }),
      'alice,proof_malformed',
    ],
    [
      'the jti of a token',
      { identifier: 256 },
      tokenWith({ jti: 'x'.repeat(256) }),
      tokenWith({ jti: 'x'.repeat(257) }),
      'alice,malformed_claim',
    ],
    [
      'a document',
      { document: 262_144 },
      withDocument(262_144),
      withDocument(262_145),
      'alice,keys_unavailable',
    ],
    ['keys', { keys: 100 }, withKeys(100), withKeys(101), 'alice,keys_unavailable'],
    [
      'levels of claims',
      { depth: 32 },
      tokenWith({ x: nested(32) }),
      tokenWith({ x: nested(33) }),
      'alice,malformed_token',
    ],
  ])('of %s are documented as they are', async (_, documented, fits, exceeds, outcomes) => {
    expect(`${await fits()},${await exceeds()}`).toBe(outcomes)
    expect(`${await fits(documented)},${await exceeds(documented)}`).toBe(outcomes)
  })

  it.each<[string, keyof LimitOptions, number, Outcome, Outcome, string]>([
    ['a token', 'token', 100, tokenOfLength(100), tokenOfLength(101), 'token_too_long'],
    [
      'a longer token',
      'token',
      20_000,
      tokenOfLength(20_000),
      tokenOfLength(20_001),
      'token_too_long',
    ],
    ['a proof', 'proof', 600, proofWith({}), proofWith({ x: 'x'.repeat(600) }), 'proof_malformed'],
    [
      'a longer proof',
      'proof',
      8192,
      proofWith({ x: 'x'.repeat(4096) }),
      proofWith({ x: 'x'.repeat(8192) }),
      'proof_malformed',
    ],
    [
      'the jti of a proof',
      'identifier',
      300,
      proofWith({ jti: 'x'.repeat(300) }),
      proofWith({ jti: 'y'.repeat(301) }),
      'proof_wrong_identifier',
    ],
    [
      'the jti of a token',
      'identifier',
      300,
      tokenWith({ jti: 'x'.repeat(300) }),
      tokenWith({ jti: 'x'.repeat(301) }),
      'malformed_claim',
    ],
    [
      'the jti in an answer',
      'identifier',
      10,
      answerWith({ jti: 'x'.repeat(10) }),
      answerWith({ jti: 'x'.repeat(11) }),
      'malformed_claim',
    ],
    [
      'levels',
      'depth',
      40,
      tokenWith({ x: nested(40) }),
      tokenWith({ x: nested(41) }),
      'malformed_token',
    ],
    [
      'few levels',
      'depth',
      2,
      tokenWith({ x: nested(2) }),
      tokenWith({ x: nested(3) }),
      'malformed_token',
    ],
    [
      'many levels',
      'depth',
      256,
      tokenWith({ x: nested(256) }),
      tokenWith({ x: nested(257) }),
      'malformed_token',
    ],
    [
      'levels of an answer',
      'depth',
      2,
      answerWith({ x: nested(2) }),
      answerWith({ x: nested(3) }),
      'invalid_introspection_response',
    ],
    [
      'levels of an answer in this process',
      'depth',
      40,
      localAnswerWith({ x: nested(40) }),
      localAnswerWith({ x: nested(41) }),
      'invalid_introspection_response',
    ],
    [
      'a larger answer',
      'document',
      400_000,
      answerWith({ x: 'x'.repeat(390_000) }),
      answerWith({ x: 'x'.repeat(400_000) }),
      'invalid_introspection_response',
    ],
    ['a JWKS', 'document', 400, withDocument(400), withDocument(401), 'keys_unavailable'],
    [
      'a larger JWKS',
      'document',
      300_000,
      withDocument(300_000),
      withDocument(300_001),
      'keys_unavailable',
    ],
    ['keys', 'keys', 2, withKeys(2), withKeys(3), 'keys_unavailable'],
    ['more keys', 'keys', 200, withKeys(200), withKeys(201), 'keys_unavailable'],
  ])('of %s can be changed', async (_, name, limit, fits, exceeds, reason) => {
    const limits = { [name]: limit }
    expect(await fits(limits)).toBe(name === 'token' ? 'malformed_token' : 'alice')
    expect(await exceeds(limits)).toBe(reason)
  })

  it('K10 count for the kid of a token before anybody is asked about it', async () => {
    const kid = 'k'.repeat(300)
    const key = createKey('ES256', kid)
    const [short, long] = [createWorld({ key }), createWorld({ key, limits: { identifier: 300 } })]
    expect([await short.outcome(short.token()), short.network.requests]).toEqual([
      'unknown_key',
      [],
    ])
    expect(await long.outcome(long.token())).toBe('alice')
  })

  it('take the longest token, of which no part is anything', async () => {
    const { api } = createWorld({ limits: { token: 1_048_576 } })
    for (const text of ['a', '.', 'a.', '-a.b.'.repeat(7)]) {
      const token = text.repeat(1_048_576 / text.length)
      await expect(api.verify(token)).rejects.toMatchObject({ reason: 'malformed_token' })
    }
  })

  it('of a length that is there and undefined are the default', async () => {
    const limits: LimitOptions = JSON.parse('{}')
    Object.assign(limits, { token: undefined, depth: undefined })
    expect(await tokenOfLength(16_385)(limits)).toBe('token_too_long')
    expect(await tokenWith({ x: nested(33) })(limits)).toBe('malformed_token')
  })

  it.each([
    ['token', 1_048_576],
    ['proof', 65_536],
    ['identifier', 4096],
    ['document', 16_777_216],
    ['keys', 1000],
    ['depth', 256],
  ])('of %s are whole numbers from 1 to %d', (name, most) => {
    const create = (value: unknown): unknown =>
      Reflect.apply(createResourceServer, undefined, [
        { resource, issuers: issuer, limits: { [name]: value } },
      ])
    for (const value of [1, most]) expect(() => create(value)).not.toThrow()
    for (const value of [0, -1, 1.5, most + 1, Infinity, Number.NaN, '16', null]) {
      expect(() => create(value)).toThrow(
        `limits.${name}: a whole number from 1 to ${most} is needed`,
      )
    }
  })

  it('of keys count for the configuration', () => {
    const { jwk } = createKey('ES256', 'k1')
    const create = (count: number, limits: LimitOptions): unknown =>
      createResourceServer({
        resource,
        issuers: { issuer, jwks: { keys: Array.from({ length: count }, () => jwk) } },
        limits,
      })
    expect(() => create(101, {})).toThrow(ConfigurationError)
    expect(() => create(101, {})).toThrow(`jwks.keys: '${issuer}' has more than limits.keys: 100`)
    expect(() => create(101, { keys: 101 })).not.toThrow()
    expect(() => create(2, { keys: 1 })).toThrow(ConfigurationError)
  })
})
