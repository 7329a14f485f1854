import { describe, expect, it } from 'vitest'
import { createReferenceWorld, introspectionEndpoint, opaque } from '../support/reference-world.js'
import type { ReferenceWorld } from '../support/reference-world.js'
import {
  createKey,
  encode,
  issuer,
  now,
  resource,
  sign,
  validClaims,
} from '../support/test-issuer.js'
import { jwksUri } from '../support/world.js'

type Members = Readonly<Record<string, unknown>>

const mediaType = 'application/token-introspection+jwt'
const active: Members = { active: true, ...validClaims }
const stranger = createKey('ES256', 'k1')

const headerOf = (changes: Members = {}): Members => ({
  typ: 'token-introspection+jwt',
  alg: 'ES256',
  kid: 'k1',
  ...changes,
})

const claimsOf = (changes: Members = {}): Members => ({
  iss: issuer,
  aud: resource,
  iat: now,
  token_introspection: active,
  ...changes,
})

const answerWith = (world: ReferenceWorld, jwt: string, contentType = mediaType): void => {
  world.answerWith(() => new Response(jwt, { headers: { 'content-type': contentType } }))
}

const createSignedWorld = (options = {}): ReferenceWorld => {
  const world = createReferenceWorld({ introspection: { response: 'jwt' }, ...options })
  answerWith(world, sign(world.key, headerOf(), claimsOf()))
  return world
}

describe('N13 signed introspection responses', () => {
  it('are asked for and accepted', async () => {
    const world = createSignedWorld()
    const auth = await world.api.verify(opaque)
    expect(auth).toMatchObject({ subject: 'alice', clientId: 'web', audience: [resource] })
    expect(new Headers(world.calls[0]?.headers).get('accept')).toBe(mediaType)
  })

  it.each<[string, Members, Members]>([
    ['aud as a list', {}, { aud: ['other', resource] }],
    ['typ with application/', { typ: mediaType }, {}],
    ['iat within the tolerance', {}, { iat: now - 30 }],
    ['iat ahead within the tolerance', {}, { iat: now + 30 }],
  ])('are accepted with %s', async (_, header, claims) => {
    const world = createSignedWorld()
    answerWith(world, sign(world.key, headerOf(header), claimsOf(claims)))
    expect(await world.outcome(opaque)).toBe('alice')
  })

  it('say that a token is not active', async () => {
    const world = createSignedWorld()
    const claims = claimsOf({ token_introspection: { active: false } })
    answerWith(world, sign(world.key, headerOf(), claims))
    expect(await world.outcome(opaque)).toBe('inactive')
  })

  it.each<[string, Members, Members]>([
    ['typ JWT', { typ: 'JWT' }, {}],
    ['typ at+jwt', { typ: 'at+jwt' }, {}],
    ['no typ', { typ: undefined }, {}],
    ['alg none', { alg: 'none' }, {}],
    ['alg HS256', { alg: 'HS256' }, {}],
    ['alg ES384 with this key', { alg: 'ES384' }, {}],
    ['an unknown kid', { kid: 'k2' }, {}],
    ['crit', { crit: ['x'], x: 1 }, {}],
    ['iss of another issuer', {}, { iss: 'https://evil.example' }],
    ['no iss', {}, { iss: undefined }],
    ['aud of another API', {}, { aud: 'https://other.example' }],
    ['no aud', {}, { aud: undefined }],
    ['no iat', {}, { iat: undefined }],
    ['iat of an older answer', {}, { iat: now - 34 }],
    ['iat ahead', {}, { iat: now + 31 }],
    ['no answer in it', {}, { token_introspection: undefined }],
    ['a text in it', {}, { token_introspection: 'active' }],
    ['active a text', {}, { token_introspection: { ...active, active: 'true' } }],
    ['active beside the answer', {}, { active: true, token_introspection: {} }],
  ])('are answered with 503 for %s', async (_, header, claims) => {
    const world = createSignedWorld()
    answerWith(world, sign(world.key, headerOf(header), claimsOf(claims)))
    expect(await world.outcome(opaque)).toBe('invalid_introspection_response')
  })

  it('are answered with 503 when another has signed them, or nobody', async () => {
    const world = createSignedWorld()
    const genuine = sign(world.key, headerOf(), claimsOf())
    const forged = sign(stranger, headerOf(), claimsOf())
    const unsigned = `${encode(headerOf({ alg: 'none' }))}.${encode(claimsOf())}.`
    const other = genuine.replace(/\.[^.]+\./, `.${encode(claimsOf({ iat: now + 1 }))}.`)
    for (const jwt of [forged, unsigned, other, '', 'x', JSON.stringify(active)]) {
      answerWith(world, jwt)
      expect(await world.outcome(opaque)).toBe('invalid_introspection_response')
    }
    answerWith(world, genuine)
    expect(await world.outcome(opaque)).toBe('alice')
  })

  it.each(['application/json', 'application/jwt', 'text/html', ''])(
    'are no other than what was asked for: %s',
    async (contentType) => {
      const world = createSignedWorld()
      answerWith(world, sign(world.key, headerOf(), claimsOf()), contentType)
      expect(await world.outcome(opaque)).toBe('invalid_introspection_response')
      world.say({})
      expect(await world.outcome(opaque)).toBe('invalid_introspection_response')
    },
  )

  it('are checked like plain ones', async () => {
    const world = createSignedWorld()
    const refused: readonly [Members, string][] = [
      [{ aud: 'https://other.example' }, 'wrong_audience'],
      [{ exp: now - 31 }, 'expired'],
      [{ iss: 'https://evil.example' }, 'unknown_issuer'],
    ]
    for (const [index, [changes, reason]] of refused.entries()) {
      const claims = claimsOf({ token_introspection: { ...active, ...changes } })
      answerWith(world, sign(world.key, headerOf(), claims))
      expect(await world.outcome(`token-${index}`)).toBe(reason)
    }
  })

  it('are for the name with which the API asks', async () => {
    const world = createReferenceWorld(
      { introspection: { response: 'jwt' } },
      { clientAuth: { id: 'the-api', secret: 'secret' } },
    )
    answerWith(world, sign(world.key, headerOf(), claimsOf()))
    expect(await world.outcome(opaque)).toBe('invalid_introspection_response')
    answerWith(world, sign(world.key, headerOf(), claimsOf({ aud: 'the-api' })))
    expect(await world.outcome(opaque)).toBe('alice')
  })

  it('need the keys of the issuer: 503 without them, and ready() loads them', async () => {
    const world = createSignedWorld({ tokens: 'introspection' })
    world.network.serve(jwksUri, () => new Response('', { status: 500 }))
    expect(await world.outcome(opaque)).toBe('keys_unavailable')
    await expect(world.api.ready()).rejects.toMatchObject({ status: 503 })
    world.publish([world.key.jwk])
    world.pass(30)
    await world.api.ready()
    answerWith(world, sign(world.key, headerOf(), claimsOf({ iat: now + 30 })))
    expect(await world.outcome(opaque)).toBe('alice')
    expect(world.network.requests.at(-1)).toBe(introspectionEndpoint)
  })

  it('that are wrong tell nobody what they hold', async () => {
    const world = createSignedWorld()
    const inner = { ...active, sub: 'bob@example.com' }
    const jwt = sign(world.key, headerOf(), claimsOf({ aud: 'x', token_introspection: inner }))
    answerWith(world, jwt)
    const error: unknown = await world.api.verify(opaque).catch((thrown: unknown) => thrown)
    const told = [error, ...world.events].map((event) => {
      const cause =
        typeof event === 'object' && event !== null && 'cause' in event ? event.cause : ''
      return JSON.stringify([event, cause, String(cause)])
    })
    expect(told.join()).toContain('JWT_CLAIM')
    expect(told.join()).not.toContain('bob')
    expect(told.join()).not.toContain(jwt)
  })
})
