import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createResourceServer } from '../src/index.js'
import * as presets from '../src/presets.js'

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
