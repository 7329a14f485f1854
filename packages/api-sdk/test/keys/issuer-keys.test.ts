import { describe, expect, it } from 'vitest'
import { createKey, tokenOf, weakKey } from '../support/test-issuer.js'
import { unhandledDuring } from '../support/unhandled.js'
import { createWorld, jwksUri } from '../support/world.js'
import type { World } from '../support/world.js'

const next = createKey('ES256', 'k2')
const rsa = createKey('RS256', 'rsa')

const times = <Result>(count: number, step: () => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, step))

const unknownKid = ({ token }: World, kid: string): string => token({}, { kid })

describe('keys of an issuer', () => {
  it('W01 are fetched once for 50 requests at the same time', async () => {
    const world = createWorld()
    const outcomes = await times(50, () => world.outcome(world.token()))
    expect(new Set(outcomes)).toEqual(new Set(['alice']))
    expect(world.network.requests).toEqual([jwksUri])
  })

  it('are not fetched before they are needed', () => {
    const { network, api } = createWorld()
    expect(network.requests).toEqual([])
    expect(api.health()).toEqual([{ issuer: 'https://id.example.com', state: 'empty' }])
  })

  it('W02 are fetched at most once for 50 unknown keys, and known ones keep working', async () => {
    const world = createWorld()
    expect(await world.outcome(world.token())).toBe('alice')
    expect(await times(50, () => world.outcome(unknownKid(world, 'x')))).toEqual(
      Array.from({ length: 50 }, () => 'unknown_key'),
    )
    expect(world.network.requests).toHaveLength(1)
    world.pass(30)
    await times(50, () => world.outcome(unknownKid(world, 'x')))
    expect(world.network.requests).toHaveLength(2)
    expect(await world.outcome(world.token())).toBe('alice')
  })

  it.each([[{ toString: 'k1' }], [1], ['k'.repeat(257)]])(
    'K10 are not fetched for the kid %j, which no key has',
    async (kid) => {
      const world = createWorld()
      await world.outcome(world.token())
      world.pass(31)
      expect(await world.outcome(world.token({}, { kid }))).toBe('unknown_key')
      expect(world.network.requests).toHaveLength(1)
    },
  )

  it('W03 follow a rotation within the cooldown while unknown keys flood in', async () => {
    const world = createWorld()
    await world.outcome(world.token())
    world.pass(31)
    await world.outcome(unknownKid(world, 'x'))
    world.publish([world.key.jwk, next.jwk])
    for (let second = 0; second < 29; second += 1) {
      world.pass(1)
      expect(await world.outcome(tokenOf(next))).toBe('unknown_key')
    }
    world.pass(1)
    expect(await world.outcome(tokenOf(next))).toBe('alice')
    expect(world.network.requests).toHaveLength(3)
  })

  it('W04 are kept when a fetch for an unknown key fails', async () => {
    const world = createWorld()
    await world.outcome(world.token())
    world.network.cut(true)
    world.pass(31)
    expect(await world.outcome(unknownKid(world, 'x'))).toBe('unknown_key')
    expect(await world.outcome(world.token())).toBe('alice')
    expect(world.network.requests).toHaveLength(2)
  })

  it('W05 W06 are used for an hour beyond their age while the issuer is down, and then no more', async () => {
    const world = createWorld()
    await world.outcome(world.token())
    world.network.cut(true)
    world.pass(601)
    const longLived = world.token({ exp: 1_900_000_000 })
    expect(await world.outcome(longLived)).toBe('alice')
    expect(world.api.health()).toMatchObject([{ state: 'stale', ageSeconds: 601 }])
    expect(world.events).toContainEqual({
      type: 'stale_keys_used',
      issuer: 'https://id.example.com',
    })
    world.pass(3599)
    expect(await world.outcome(longLived)).toBe('alice')
    world.pass(1)
    expect(await world.outcome(longLived)).toBe('keys_unavailable')
    expect(world.api.health()).toEqual([{ issuer: 'https://id.example.com', state: 'empty' }])
  })

  it('W07 are tried again after 1, 2, 4 seconds and at most every 30', async () => {
    const world = createWorld()
    world.network.cut(true)
    const attempts: number[] = []
    for (let second = 0; second < 100; second += 1) {
      const before = world.network.requests.length
      await world.outcome(world.token())
      if (world.network.requests.length > before) attempts.push(second)
      world.pass(1)
    }
    expect(attempts).toEqual([0, 1, 3, 7, 15, 31, 61, 91])
  })

  it('W07 tells when trying again makes sense', async () => {
    const world = createWorld()
    world.network.cut(true)
    const request = {
      method: 'GET',
      url: '/',
      headers: { authorization: `Bearer ${world.token()}` },
    }
    const retryAfter = async (): Promise<unknown> => {
      const result = await world.api.authenticate(request)
      return result.ok ? undefined : result.response.headers['retry-after']
    }
    expect(await retryAfter()).toBe('1')
    world.pass(1)
    expect(await retryAfter()).toBe('2')
    world.pass(0.5)
    expect(await retryAfter()).toBe('2')
  })

  it('W08 that the issuer has removed are refused once they are older than their age', async () => {
    const world = createWorld()
    await world.outcome(world.token())
    world.publish([next.jwk])
    world.pass(601)
    expect(await world.outcome(world.token({ exp: 1_900_000_000 }))).toBe('unknown_key')
  })

  it('are fetched ahead of their age without anybody waiting', async () => {
    const world = createWorld()
    await world.outcome(world.token())
    world.network.serve(jwksUri, () => new Promise<Response>(() => undefined))
    world.pass(480)
    const longLived = world.token({ exp: 1_900_000_000 })
    expect(await world.outcome(longLived)).toBe('alice')
    expect(world.network.requests).toHaveLength(2)
  })

  it.each([
    ['1 MB', () => new Response(`{"keys":[],"x":"${'x'.repeat(1024 * 1024)}"}`)],
    ['10,000 keys', () => Response.json({ keys: Array.from({ length: 10_000 }, () => ({})) })],
    ['no JSON', () => new Response('{keys')],
    ['HTML', () => new Response('<html></html>', { headers: { 'content-type': 'text/html' } })],
    ['no JWKS', () => Response.json({ keys: 'none' })],
    ['a redirect', () => Response.json({ keys: [] }, { status: 302 })],
    ['something else than a document', () => Response.json({ keys: [] }, { status: 203 })],
    ['an error', () => new Response('', { status: 500 })],
    ['nothing in time', () => new Promise<Response>(() => undefined)],
  ])('W09 are unavailable when cold, and kept when warm, for %s', async (_, answer) => {
    const cold = createWorld({ jwks: { timeout: 0.05 } })
    cold.network.serve(jwksUri, answer)
    expect(await cold.outcome(cold.token())).toBe('keys_unavailable')
    const warm = createWorld({ jwks: { timeout: 0.05 } })
    await warm.outcome(warm.token())
    warm.network.serve(jwksUri, answer)
    warm.pass(601)
    expect(await warm.outcome(warm.token({ exp: 1_900_000_000 }))).toBe('alice')
    expect(warm.network.requests).toHaveLength(2)
  })

  it.each([
    ['K14 use enc', { ...rsa.jwk, use: 'enc' }, 'not_for_signatures'],
    ['K14 key_ops encrypt', { ...rsa.jwk, key_ops: ['encrypt'] }, 'not_for_signatures'],
    ['K17 RSA with 1024 bits', { ...weakKey('rsa').jwk }, 'weak_key'],
    ['W10 null', null, 'not_a_public_key'],
    ['W10 unknown kty', { kty: 'x', kid: 'rsa' }, 'algorithm_not_allowed'],
    ['W10 oct', { kty: 'oct', k: 'AAAA', kid: 'rsa', alg: 'HS256' }, 'algorithm_not_allowed'],
    ['W10 oct without k', { kty: 'oct', kid: 'rsa', alg: 'HS256' }, 'algorithm_not_allowed'],
    ['W10 a kid that is a number', { ...rsa.jwk, kid: 1 }, 'not_a_public_key'],
    ['W10 no modulus', { kty: 'RSA', e: 'AQAB', kid: 'rsa' }, 'not_importable'],
  ])('%s are skipped, and the others work', async (_, jwk, reason) => {
    const world = createWorld()
    world.publish([jwk, world.key.jwk])
    expect(await world.outcome(world.token())).toBe('alice')
    expect(await world.outcome(tokenOf(rsa))).toBe('unknown_key')
    expect(world.events).toContainEqual({
      type: 'key_skipped',
      issuer: 'https://id.example.com',
      index: 0,
      reason,
    })
  })

  it('W11 are used without what is private about them, and it is reported', async () => {
    const world = createWorld()
    world.publish([{ ...rsa.privateKey.export({ format: 'jwk' }), kid: 'rsa' }])
    expect(await world.outcome(tokenOf(rsa))).toBe('alice')
    expect(world.events).toContainEqual({
      type: 'private_key_published',
      issuer: 'https://id.example.com',
      index: 0,
    })
    expect(JSON.stringify(world.events)).not.toContain('"d"')
  })

  it('K13 are refused when a token without kid could be signed with two', async () => {
    const world = createWorld()
    world.publish([world.key.jwk, next.jwk, rsa.jwk])
    expect(await world.outcome(world.token({}, { kid: undefined }))).toBe('ambiguous_key')
    expect(await world.outcome(tokenOf(rsa, {}, { kid: undefined }))).toBe('alice')
  })

  it('K15 are only used with the algorithm they are published for', async () => {
    const world = createWorld()
    const p384 = createKey('ES384', 'p384')
    const { alg: _, ...anyAlgorithm } = p384.jwk
    world.publish([rsa.jwk, anyAlgorithm])
    expect(await world.outcome(tokenOf({ ...rsa, alg: 'PS256' }))).toBe('unknown_key')
    expect(await world.outcome(tokenOf(p384, {}, { alg: 'ES256' }))).toBe('unknown_key')
    expect(await world.outcome(tokenOf(p384))).toBe('alice')
  })

  it('work for every kind of key', async () => {
    const world = createWorld()
    const keys = [rsa, next, createKey('PS256', 'ps'), createKey('EdDSA', 'ed')]
    world.publish(keys.map(({ jwk }) => jwk))
    const outcomes = await Promise.all(keys.map((key) => world.outcome(tokenOf(key))))
    expect(outcomes).toEqual(keys.map(() => 'alice'))
  })

  it('W12 with the same kid are told apart by algorithm, and refused when they cannot be', async () => {
    const world = createWorld()
    const same = createKey('RS256', 'k1')
    world.publish([same.jwk, world.key.jwk])
    expect(await world.outcome(world.token())).toBe('alice')
    expect(await world.outcome(tokenOf(same))).toBe('alice')
    const twin = createWorld()
    twin.publish([createKey('ES256', 'k1').jwk, twin.key.jwk])
    expect(await twin.outcome(twin.token())).toBe('ambiguous_key')
    expect(await twin.outcome(twin.token())).toBe('ambiguous_key')
  })

  it.each([
    ['max-age=0', 60],
    ['no-store', 60],
    ['no-cache, max-age=900', 60],
    ['max-age=315360000', 3600],
    ['public, max-age=900', 900],
    ['private', 600],
  ])('W13 are good for what %s says, within limits', async (cacheControl, seconds) => {
    const world = createWorld()
    world.publish([world.key.jwk], { 'cache-control': cacheControl })
    await world.outcome(world.token())
    world.network.cut(true)
    world.pass(seconds)
    expect(world.api.health()).toMatchObject([{ state: 'fresh' }])
    world.pass(1)
    expect(world.api.health()).toMatchObject([{ state: 'stale' }])
  })

  it('W15 survive a clock that is set back by an hour', async () => {
    const world = createWorld()
    await world.outcome(world.token())
    world.pass(-3600)
    const early = world.token({ iat: 1_799_990_000, exp: 1_900_000_000 })
    await times(20, () => world.outcome(early))
    expect(await world.outcome(early)).toBe('alice')
    expect(world.api.health()).toMatchObject([{ state: 'fresh', ageSeconds: 0 }])
    expect(world.network.requests).toHaveLength(1)
    world.pass(600)
    expect(await world.outcome(early)).toBe('alice')
    expect(world.network.requests).toHaveLength(2)
  })

  it('that the configuration holds are never fetched', async () => {
    const { key } = createWorld()
    const issuers = { issuer: 'https://id.example.com', jwks: { keys: [key.jwk] } }
    const world = createWorld({ issuers })
    expect(await world.outcome(world.token())).toBe('alice')
    world.pass(24 * 3600)
    expect(await world.outcome(world.token({ exp: 1_900_000_000 }))).toBe('alice')
    expect(await world.outcome(unknownKid(world, 'x'))).toBe('unknown_key')
    expect(world.network.requests).toEqual([])
  })

  it('H12 do not depend on a listener that throws', async () => {
    const world = createWorld({
      onEvent: () => {
        throw new Error('no disk')
      },
    })
    expect(await world.outcome(world.token())).toBe('alice')
    expect(await world.outcome('garbage')).toBe('malformed_token')
  })

  it('H11 H12 leave nothing unhandled of a listener that rejects', async () => {
    const world = createWorld({ onEvent: () => Promise.reject(new Error('no log server')) })
    const unhandled = await unhandledDuring(async () => {
      expect(await world.outcome('garbage')).toBe('malformed_token')
    })
    expect(unhandled).toEqual([])
  })
})
