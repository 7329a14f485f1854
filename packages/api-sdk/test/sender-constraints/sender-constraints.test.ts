import { describe, expect, it } from 'vitest'
import { ApiAuthError, createMemoryReplayStore } from '../../src/index.js'
import type { ResourceServerOptions } from '../../src/index.js'
import { boundToken, dpop, proofOf, thumbprint } from '../support/proofs.js'
import { createReferenceWorld, opaque } from '../support/reference-world.js'
import { bearer } from '../support/refusals.js'
import { now } from '../support/test-issuer.js'
import { createWorld } from '../support/world.js'
import type { World } from '../support/world.js'

type Facts = Parameters<World['api']['authenticate']>[0]

const facts = (headers: ReturnType<typeof dpop>, url = '/'): Facts => ({
  method: 'GET',
  url,
  headers: Object.fromEntries(headers),
})

const outcomeOf = async ({ api }: World, request: Facts): Promise<string> => {
  const result = await api.authenticate(request)
  return result.ok ? result.auth.binding.kind : result.error.reason
}

describe('verify', () => {
  it('H15 refuses a bound token that comes without a request', async () => {
    const { api, token } = createWorld({ mtls: { certificate: () => undefined } })
    for (const cnf of [{ jkt: thumbprint }, { 'x5t#S256': thumbprint }]) {
      const error: unknown = await api.verify(token({ cnf })).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(ApiAuthError)
      expect(error).toMatchObject({ code: 'invalid_token', reason: 'binding_required' })
    }
    expect((await api.verify(token())).binding).toEqual({ kind: 'none' })
  })

  it('accepts it with the request that holds the proof, once', async () => {
    const world = createWorld()
    const token = boundToken(world)
    const request = { ...facts([['dpop', proofOf(token)]]) }
    expect((await world.api.verify(token, request)).binding).toEqual({ kind: 'dpop' })
    await expect(world.api.verify(token, request)).rejects.toMatchObject({
      reason: 'proof_replayed',
    })
  })

  it.each<[string, Partial<ResourceServerOptions>, string]>([
    ['DPoP', { dpop: 'require' }, 'no_key_binding'],
    [
      'a certificate',
      { mtls: { mode: 'require', certificate: () => undefined } },
      'no_certificate_binding',
    ],
  ])('refuses a token that is not bound where %s is required', async (_, options, reason) => {
    const { api, token } = createWorld(options)
    await expect(api.verify(token())).rejects.toMatchObject({ reason })
  })
})

describe('reference tokens', () => {
  const bound = { token_type: 'DPoP', cnf: { jkt: thumbprint } }

  it('N08 V05 are refused without a proof, also when the answer is known', async () => {
    const world = createReferenceWorld()
    world.say(bound)
    expect(await outcomeOf(world, facts(dpop(opaque)))).toBe('dpop')
    expect(await outcomeOf(world, facts(bearer(opaque)))).toBe('binding_required')
    expect(await outcomeOf(world, facts([['authorization', `DPoP ${opaque}`]]))).toBe(
      'proof_missing',
    )
    expect(await outcomeOf(world, facts(dpop(opaque)))).toBe('dpop')
    expect(world.calls).toHaveLength(1)
  })

  it.each([
    ['a type that does not say it', { token_type: 'Bearer', cnf: bound.cnf }],
    ['no type', { cnf: bound.cnf }],
    ['a type in lower case', { ...bound, token_type: 'dpop' }],
  ])('N08 count as bound with %s', async (_, answer) => {
    const world = createReferenceWorld()
    world.say(answer)
    expect(await outcomeOf(world, facts(bearer(opaque)))).toBe('binding_required')
    expect(await outcomeOf(world, facts(dpop(opaque)))).toBe('dpop')
  })
})

describe('V05 a JWT that has passed with a proof', () => {
  it('is refused without one', async () => {
    const world = createWorld()
    const token = boundToken(world)
    expect(await outcomeOf(world, facts(dpop(token)))).toBe('dpop')
    expect(await outcomeOf(world, facts([['authorization', `DPoP ${token}`]]))).toBe(
      'proof_missing',
    )
    expect(await outcomeOf(world, facts(bearer(token)))).toBe('binding_required')
  })
})

describe('the address a proof is for', () => {
  it.each([
    ['an absolute URI', 'http://evil.example/a?b', 'https://api.example.com/a', 'dpop'],
    [
      'the host of an absolute URI',
      'http://evil.example/a',
      'http://evil.example/a',
      'proof_wrong_uri',
    ],
    ['an absolute URI without path', 'https://evil.example', 'https://api.example.com/', 'dpop'],
    ['a host with a port', 'http://[::1]:80/a', 'https://api.example.com/a', 'dpop'],
    ['D13 what starts a path', 'http://h:80:90/a', 'https://api.example.com/a', 'proof_wrong_uri'],
    ['D13 what ends a host', 'http://h;b/a', 'https://api.example.com/a', 'proof_wrong_uri'],
    ['D13 an encoded slash', 'http://h%2fb/a', 'https://api.example.com/a', 'proof_wrong_uri'],
    ['D13 what leads out of it', '/b/../a', 'https://api.example.com/a', 'proof_wrong_uri'],
    ['D13 what leads out, encoded', '/b/%2E./a', 'https://api.example.com/a', 'proof_wrong_uri'],
    ['D13 what leads nowhere', '/a/.', 'https://api.example.com/a/', 'proof_wrong_uri'],
    ['dots in a name', '/..a/.b', 'https://api.example.com/..a/.b', 'dpop'],
    ['a query alone', '?a', 'https://api.example.com/', 'dpop'],
    ['an asterisk', '*', 'https://api.example.com/', 'proof_wrong_uri'],
    ['an authority', '@evil.example/', 'https://evil.example/', 'proof_wrong_uri'],
    ['a port', ':444/', 'https://api.example.com:444/', 'proof_wrong_uri'],
    ['two slashes', '//evil.example/', 'https://evil.example/', 'proof_wrong_uri'],
  ])('of a request for %s', async (_, url, htu, outcome) => {
    const world = createWorld()
    const token = boundToken(world)
    expect(await outcomeOf(world, facts(dpop(token, proofOf(token, { htu })), url))).toBe(outcome)
  })

  it('has the origin of a resource that has a path', async () => {
    const resource = 'https://api.example.com/v1'
    const world = createWorld({ resource })
    const token = boundToken(world, { aud: resource })
    const proof = proofOf(token, { htu: 'https://api.example.com/v1/a' })
    expect(await outcomeOf(world, facts(dpop(token, proof), '/v1/a'))).toBe('dpop')
  })

  it('is known to nobody where the resource is no URL: what is bound is refused', async () => {
    const world = createWorld({ resource: 'urn:api' })
    const token = boundToken(world, { aud: 'urn:api' })
    const results = await Promise.all(
      [dpop(token), bearer(token)].map((headers) => world.api.authenticate(facts(headers))),
    )
    expect(
      results.map((result) => !result.ok && result.response.headers['www-authenticate']),
    ).toEqual([
      'Bearer realm="urn:api"',
      expect.stringMatching(/^Bearer realm="urn:api", error="invalid_token"/),
    ])
    expect(world.reasons().toSorted()).toEqual(['binding_required', 'unsupported_scheme'])
  })

  it.each([
    'https://api.example.com/a?',
    'https://api.example.com/a#',
    'https://api.example.com/',
    'api.example.com',
    '',
    undefined,
  ])('D16 is not what a function returns that is no origin: %s', async (origin) => {
    const world = createWorld({ publicOrigin: (() => origin) as () => string })
    const token = boundToken(world)
    const headers = dpop(token, proofOf(token, { htu: 'https://api.example.com/a' }))
    expect(await outcomeOf(world, facts(headers, '/secret'))).toBe('internal')
  })

  it('that a function does not know is answered with 503 when it throws', async () => {
    const world = createWorld({
      publicOrigin: () => {
        throw new Error('unknown tenant')
      },
    })
    expect(await outcomeOf(world, facts(dpop(boundToken(world))))).toBe('internal')
  })
})

describe('D30 the replay store in memory', () => {
  it('answers 503 when it is full, until proofs have expired', async () => {
    let time = now
    const replayStore = createMemoryReplayStore({ limit: 1, now: () => time })
    const world = createWorld({ dpop: { replayStore }, now: () => time })
    const token = boundToken(world)
    const first = dpop(token, proofOf(token, { iat: now - 1 }))
    expect(await outcomeOf(world, facts(first))).toBe('dpop')
    const result = await world.api.authenticate(facts(dpop(token)))
    expect(result.ok ? undefined : result.response).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
    })
    expect(await outcomeOf(world, facts(first))).toBe('proof_replayed')
    time += 59
    expect(await outcomeOf(world, facts(first))).toBe('proof_replayed')
    time += 6
    const later = proofOf(token, { iat: time })
    expect(await outcomeOf(world, facts(dpop(token, later)))).toBe('dpop')
  })

  it('goes by the clock of the API', async () => {
    const world = createWorld({ now: () => 1_000_000_000 })
    const token = boundToken(world, { iat: 999_999_990, exp: 1_000_000_300 })
    const request = facts(dpop(token, proofOf(token, { iat: 1_000_000_000 })))
    expect(await outcomeOf(world, request)).toBe('dpop')
    expect(await outcomeOf(world, request)).toBe('proof_replayed')
  })

  it('keeps a proof for as long as it would be accepted', async () => {
    let time = now
    const world = createWorld({ now: () => time })
    const token = boundToken(world)
    const ahead = dpop(token, proofOf(token, { iat: now + 5 }))
    expect(await outcomeOf(world, facts(ahead))).toBe('dpop')
    for (const passed of [1, 30, 60, 64, 65]) {
      time = now + passed
      expect(await outcomeOf(world, facts(ahead))).toBe('proof_replayed')
    }
    time = now + 66
    expect(await outcomeOf(world, facts(ahead))).toBe('proof_wrong_time')
  })
})
