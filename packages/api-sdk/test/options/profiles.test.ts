import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createResourceServer, dangerouslySkip } from '../../src/index.js'
import type { ResourceServerOptions } from '../../src/index.js'
import { createKey, issuer, resource } from '../support/test-issuer.js'
import { createWorld, jwksUri } from '../support/world.js'

const rsa = createKey('RS256', 'k1')

function pathsOf(options: Partial<ResourceServerOptions>): readonly string[] {
  try {
    createResourceServer({ resource, issuers: issuer, ...options })
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ path }) => path)
    throw error
  }
  return []
}

const profiles = ['rfc9068', 'oauth21', 'fapi2', 'mcp', 'legacy'] as const

describe('profile', () => {
  it.each<[string, Partial<ResourceServerOptions>, readonly string[]]>([
    ['query', { sources: { query: true } }, ['oauth21', 'fapi2', 'mcp']],
    ['body', { sources: { body: true } }, ['oauth21', 'fapi2', 'mcp']],
    ['cookie', { sources: { cookie: { name: 'token' } } }, ['fapi2', 'mcp']],
  ])('forbids tokens in the %s', (source, options, forbidding) => {
    for (const profile of profiles) {
      const expected = forbidding.includes(profile) ? [`sources.${source}`] : []
      expect([profile, pathsOf({ profile, ...options })]).toEqual([profile, expected])
    }
  })

  it('lets sources be switched off everywhere', () => {
    for (const profile of profiles) {
      expect(pathsOf({ profile, sources: { query: false, body: false } })).toEqual([])
    }
  })

  it('forbids to skip the audience, also for one issuer', () => {
    for (const profile of profiles) {
      const expected = ['fapi2', 'mcp'].includes(profile) ? ['audience'] : []
      expect(pathsOf({ profile, audience: dangerouslySkip })).toEqual(expected)
      expect(pathsOf({ profile, issuers: { issuer, audience: dangerouslySkip } })).toEqual(expected)
      expect(
        pathsOf({ profile, audience: dangerouslySkip, issuers: { issuer, audience: 'a' } }),
      ).toEqual([])
    }
  })

  it('fapi2 allows three algorithms, and fewer', () => {
    const profile = 'fapi2'
    expect(pathsOf({ profile, algorithms: ['PS256'] })).toEqual([])
    expect(pathsOf({ profile, algorithms: ['PS256', 'RS256'] })).toEqual(['algorithms'])
    expect(pathsOf({ profile, issuers: { issuer, algorithms: ['ES384'] } })).toEqual(['algorithms'])
  })

  it('fapi2 needs something that tokens can be bound to', () => {
    const profile = 'fapi2'
    const mtls = { certificate: () => undefined }
    expect(pathsOf({ profile, dpop: 'reject' })).toEqual(['profile'])
    expect(pathsOf({ profile, dpop: { mode: 'reject' } })).toEqual(['profile'])
    expect(pathsOf({ profile, resource: 'urn:invoices' })).toEqual(['profile'])
    expect(pathsOf({ profile, dpop: 'reject', mtls })).toEqual([])
    expect(pathsOf({ profile, resource: 'urn:invoices', mtls })).toEqual([])
    expect(pathsOf({ profile, resource: 'urn:invoices', publicOrigin: resource })).toEqual([])
    expect(pathsOf({ profile, dpop: { algorithms: ['RS256'] } })).toEqual(['dpop.algorithms'])
    expect(pathsOf({ profile, dpop: { algorithms: ['ES256'] } })).toEqual([])
    expect(pathsOf({ profile: 'oauth21', dpop: 'reject' })).toEqual([])
  })

  it('fapi2 refuses RS256 where the others accept it', async () => {
    for (const profile of profiles) {
      const world = createWorld({ profile, key: rsa })
      const outcome = profile === 'fapi2' ? 'algorithm_not_allowed' : 'alice'
      expect([profile, await world.outcome(world.token())]).toEqual([profile, outcome])
    }
  })

  it('fapi2 takes another audience when it is told', async () => {
    const world = createWorld({ profile: 'fapi2', audience: ['b'] })
    expect(await world.outcome(world.token({ aud: ['b', 'c'] }))).toBe('no_key_binding')
    const own = createWorld({ profile: 'fapi2' })
    expect(await own.outcome(own.token({ aud: [resource, 'c'] }))).toBe('extra_audience')
  })

  it.each(['openid', 'offline_access'])('S11 mcp reserves %s', (name) => {
    const api = createResourceServer({ resource, issuers: issuer, profile: 'mcp' })
    expect(() => api.requirement(name)).toThrow(ConfigurationError)
    expect(() => api.requirement(['read', name])).toThrow('not about this API')
    expect(api.requirement('read').scopes).toEqual(['read'])
    const other = createResourceServer({ resource, issuers: issuer })
    expect(other.requirement(name).scopes).toEqual([name])
    const metadata = { scopes_supported: ['read', name] }
    expect(pathsOf({ profile: 'mcp', metadata })).toEqual(['metadata.scopes_supported'])
    expect(pathsOf({ metadata })).toEqual([])
  })

  it('gives way to the shape of an issuer', async () => {
    const world = createWorld({
      profile: 'legacy',
      issuers: { issuer, jwks: { uri: jwksUri }, tokenShape: { typ: ['at+jwt'] } },
    })
    expect(await world.outcome(world.token())).toBe('alice')
    expect(await world.outcome(world.token({}, { typ: 'JWT' }))).toBe('wrong_type')
    expect(await world.outcome(world.token({ client_id: undefined, cid: 'c' }))).toBe('alice')
  })
})

describe('audience', () => {
  it.each<[string, (audiences: readonly string[]) => unknown, string]>([
    ['accepts what it says yes to', (audiences) => audiences.includes(resource), 'alice'],
    ['refuses what it says no to', () => false, 'wrong_audience'],
    ['is out of order when it says neither', () => 'yes', 'internal'],
    ['is out of order when it is asynchronous', async () => true, 'internal'],
    [
      'is out of order when it throws',
      () => {
        throw new Error('no database')
      },
      'internal',
    ],
  ])('as a function %s', async (_, audience, outcome) => {
    const options = { audience } as Partial<ResourceServerOptions>
    const world = createWorld(options)
    expect(await world.outcome(world.token())).toBe(outcome)
  })

  it('that is skipped is told at start-up, and nothing else is skipped', async () => {
    const world = createWorld({ audience: dangerouslySkip })
    expect(world.events).toEqual([{ type: 'audience_not_checked', issuer }])
    expect(await world.outcome(world.token({ aud: 'https://other.example' }))).toBe('alice')
    expect(await world.outcome(world.token({ aud: [1] }))).toBe('malformed_claim')
    expect(await world.outcome(world.token({ aud: undefined }))).toBe('missing_claim')
    expect(createWorld().events).toEqual([])
  })
})
