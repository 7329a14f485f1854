import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { ApiAuthError } from '../../src/index.js'
import { createKey, tokenOf } from '../support/test-issuer.js'
import { createWorld } from '../support/world.js'
import type { World } from '../support/world.js'

const issuer = 'https://id.example.com'
const configuration = `${issuer}/.well-known/openid-configuration`

const discovering = (address = issuer): World => createWorld({ issuers: address })

describe('discovery', () => {
  it.each([
    [issuer, configuration],
    [issuer, `${issuer}/.well-known/oauth-authorization-server`],
    [`${issuer}/`, configuration],
    [`${issuer}/realm`, `${issuer}/realm/.well-known/openid-configuration`],
    [`${issuer}/realm`, `${issuer}/.well-known/oauth-authorization-server/realm`],
  ])('I09 of %s looks at %s', async (address, url) => {
    const world = discovering(address)
    world.network.serveJson(url, { issuer: address, jwks_uri: `${issuer}/jwks` })
    expect(await world.outcome(world.token({ iss: address }))).toBe('alice')
  })

  it('works with plain http on this machine', async () => {
    const world = discovering('http://127.0.0.1:5001')
    const jwksUri = 'http://127.0.0.1:5001/jwks'
    world.network.serveJson('http://127.0.0.1:5001/.well-known/openid-configuration', {
      issuer: 'http://127.0.0.1:5001',
      jwks_uri: jwksUri,
    })
    world.network.serveJson(jwksUri, { keys: [world.key.jwk] })
    expect(await world.outcome(world.token({ iss: 'http://127.0.0.1:5001' }))).toBe('alice')
  })

  it('looks where the configuration says', async () => {
    const metadataUrl = 'https://cdn.example.com/metadata'
    const world = createWorld({ issuers: { issuer, metadataUrl } })
    world.network.serveJson(metadataUrl, { issuer, jwks_uri: `${issuer}/jwks` })
    expect(await world.outcome(world.token())).toBe('alice')
    expect(world.network.requests[0]).toBe(metadataUrl)
  })

  it.each([
    ['I07 another issuer', { issuer: 'https://evil.example', jwks_uri: `${issuer}/jwks` }],
    ['I07 an issuer that differs by a slash', { issuer: `${issuer}/`, jwks_uri: `${issuer}/jwks` }],
    ['I08 an http jwks_uri', { issuer, jwks_uri: 'http://id.example.com/jwks' }],
    ['I08 a jwks_uri on this machine', { issuer, jwks_uri: 'http://127.0.0.1/jwks' }],
    ['I08 a relative jwks_uri', { issuer, jwks_uri: '/jwks' }],
    ['I08 no jwks_uri', { issuer }],
    ['I08 no object', ['x']],
  ])('refuses %s, fetches nothing more, and ready() says so', async (_, metadata) => {
    const world = discovering()
    world.network.serveJson(configuration, metadata)
    expect(await world.outcome(world.token())).toBe('keys_unavailable')
    expect(world.network.requests).toEqual([configuration])
    const other = discovering()
    other.network.serveJson(configuration, metadata)
    await expect(other.api.ready()).rejects.toBeInstanceOf(ConfigurationError)
  })

  it('I08 follows no redirect', async () => {
    const world = discovering()
    const moved = { status: 302, headers: { location: 'https://evil.example/' } }
    world.network.serve(configuration, () => new Response(null, moved))
    expect(await world.outcome(world.token())).toBe('keys_unavailable')
    expect(world.network.requests).toEqual([
      configuration,
      `${issuer}/.well-known/oauth-authorization-server`,
    ])
  })

  it('I10 happens once, and again after a fetch of the keys has failed', async () => {
    const world = discovering()
    const moved = createKey('ES256', 'moved')
    world.network.serveJson(configuration, { issuer, jwks_uri: `${issuer}/jwks` })
    await world.outcome(world.token())
    world.pass(601)
    await world.outcome(world.token({ exp: 1_900_000_000 }))
    expect(world.network.requests.filter((url) => url === configuration)).toHaveLength(1)
    world.network.serve(`${issuer}/jwks`, () => new Response('', { status: 410 }))
    world.network.serveJson(configuration, { issuer, jwks_uri: `${issuer}/new` })
    world.network.serveJson(`${issuer}/new`, { keys: [moved.jwk] })
    world.pass(601)
    await world.outcome(tokenOf(moved))
    world.pass(30)
    expect(await world.outcome(tokenOf(moved, { exp: 1_900_000_000 }))).toBe('alice')
  })

  it('ready() loads the keys, and rejects with 503 when the issuer is down', async () => {
    const world = createWorld()
    await world.api.ready()
    expect(world.api.health()).toMatchObject([{ state: 'fresh', ageSeconds: 0 }])
    const down = discovering()
    down.network.cut(true)
    const error: unknown = await down.api.ready().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ApiAuthError)
    expect(error).toMatchObject({ status: 503, reason: 'keys_unavailable' })
  })
})
