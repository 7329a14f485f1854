import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createResourceServer } from '../src/index.js'
import * as presets from '../src/presets.js'
import { otherIssuers } from './support/other-issuers.js'
import { createKey, sign } from './support/test-issuer.js'
import { createWorld, jwksUri } from './support/world.js'

const { auth0, cognito, entra, keycloak, okta } = presets
const tenantId = '7b0e0e2c-3f0f-4a6e-9a52-2f6b6f4c1a11'

describe('presets', () => {
  it.each([
    ['auth0', () => auth0({ domain: 'https://shop.eu.auth0.com' })],
    ['auth0 with a path', () => auth0({ domain: 'shop.eu.auth0.com/' })],
    ['okta', () => okta({ domain: '' })],
    ['okta server', () => okta({ domain: 'shop.okta.com', authorizationServerId: '../x' })],
    ['cognito', () => cognito({ region: 'a/b', userPoolId: 'p', clientIds: ['c'] })],
    ['cognito pool', () => cognito({ region: 'eu', userPoolId: 'a?b', clientIds: ['c'] })],
    ['entra common', () => entra({ tenantId: 'common' })],
    ['entra in capitals', () => entra({ tenantId: tenantId.toUpperCase() })],
    ['entra API', () => entra({ tenantId, clientId: 'api://x' })],
    [
      'entra version',
      () => Reflect.apply(entra, undefined, [{ tenantId, version: 'toString' }]) as unknown,
    ],
    ['keycloak', () => keycloak({ url: 'https://sso.example.com', realm: 'a/b' })],
  ])('refuse a wrong name for %s', (_, make) => {
    expect(make).toThrow(ConfigurationError)
  })

  it('leave the check of addresses to the resource server', () => {
    const issuers = keycloak({ url: 'http://sso.example.com', realm: 'shop' })
    expect(() => createResourceServer({ resource: 'urn:invoices', issuers })).toThrow(
      'issuers.issuer',
    )
  })

  it('need their clients where tokens name no API', () => {
    const { clients: _, ...issuers } = cognito({
      region: 'eu-central-1',
      userPoolId: 'p',
      clientIds: ['c'],
    })
    expect(() => createResourceServer({ resource: 'urn:invoices', issuers })).toThrow(
      'tokenShape.mayLack',
    )
  })

  it.each<[string, string, object, string]>([
    ['Okta', 'a user who is called like the client', { sub: '0oa1' }, 'user'],
    ['Entra ID, version 2', 'a token of another version', { ver: '1.0' }, 'not_an_access_token'],
    ['Entra ID, version 1', 'a token of no version', { ver: undefined }, 'not_an_access_token'],
    ['Cognito', 'a token of another client', { client_id: 'other' }, 'unknown_client'],
    ['Cognito', 'a token for another API', { aud: 'https://b.example' }, 'wrong_audience'],
    [
      'Keycloak',
      'a user who is called like a machine',
      { preferred_username: 'service-account-web' },
      'user',
    ],
    ['Keycloak', 'a refresh token', { typ: 'Refresh' }, 'not_an_access_token'],
    ['Auth0, RFC 9068', 'a client named in two ways', { azp: 'other' }, 'malformed_claim'],
  ])('of %s decide about %s', async (name, _, changes, expected) => {
    const { preset, user, header } = otherIssuers[name]!
    const { metadataUrl: __, ...issuers } = preset
    const key = createKey('RS256', 'k1')
    const world = createWorld({ key, issuers: { ...issuers, jwks: { uri: jwksUri } } })
    const token = sign(key, { alg: 'RS256', kid: 'k1', ...header }, { ...user, ...changes })
    const result = await world.api.authenticate({
      method: 'GET',
      url: '/',
      headers: { authorization: `Bearer ${token}` },
    })
    if (result.ok) expect(result.auth.isMachine ? 'machine' : 'user').toBe(expected)
    else expect(result.error.reason).toBe(expected)
  })

  it('can be changed', () => {
    const preset = okta({ domain: 'shop.okta.com' })
    const tokenShape = { ...preset.tokenShape, roles: ['groups'] as const }
    const { metadata } = createResourceServer({
      resource: 'urn:invoices',
      issuers: { ...preset, tokenShape },
    })
    expect(metadata.authorization_servers).toEqual(['https://shop.okta.com/oauth2/default'])
  })
})
