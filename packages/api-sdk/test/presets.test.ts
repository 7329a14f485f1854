import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createResourceServer } from '../src/index.js'
import type { ResourceServerOptions } from '../src/index.js'
import * as presets from '../src/presets.js'
import { otherIssuers } from './support/other-issuers.js'
import { createKey, sign } from './support/test-issuer.js'
import type { TestKey } from './support/test-issuer.js'
import { createWorld, jwksUri } from './support/world.js'
import type { World } from './support/world.js'

const { auth0, cognito, entra, keycloak, okta, xsuaa } = presets
const tenantId = '7b0e0e2c-3f0f-4a6e-9a52-2f6b6f4c1a11'
const otherTenantId = 'c2a1c0de-3f0f-4a6e-9a52-2f6b6f4c1a12'
const url = 'https://shop.authentication.eu10.hana.ondemand.com'

const pathsOf = (make: () => unknown): readonly string[] => {
  try {
    make()
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ path }) => path)
    throw error
  }
  return []
}

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
    ['xsuaa', () => xsuaa({ url: `${url}/`, xsappname: 'shop!t42' })],
    ['xsuaa without address', () => Reflect.apply(xsuaa, undefined, [{}]) as unknown],
    ['xsuaa application', () => xsuaa({ url, xsappname: 'shop!t42.read' })],
    ['xsuaa without application', () => Reflect.apply(xsuaa, undefined, [{ url }]) as unknown],
  ])('refuse a wrong name for %s', (_, make) => {
    expect(make).toThrow(ConfigurationError)
  })

  it.each(
    Object.entries(presets).flatMap(([name, preset]) =>
      [undefined, null, 5, 'x', [], () => undefined].map((value) => [name, value, preset] as const),
    ),
  )('need an object: %s(%s)', (name, value, preset) => {
    expect(pathsOf(() => Reflect.apply(preset, undefined, [value]) as unknown)).toEqual([name])
  })

  const valid = {
    auth0: { domain: 'shop.eu.auth0.com' },
    cognito: { region: 'eu-central-1', userPoolId: 'p', clientIds: ['c'] },
    entra: { tenantId, clientId: tenantId, version: '1.0' },
    keycloak: { url: 'https://sso.example.com', realm: 'shop', clientId: 'api' },
    okta: { domain: 'shop.okta.com', authorizationServerId: 'a', audience: 'api://default' },
    xsuaa: { url, xsappname: 'shop!t42' },
  } as const satisfies Readonly<Record<keyof typeof presets, object>>

  it.each(
    Object.entries(presets).flatMap(([name, preset]) => {
      const options: object = valid[name as keyof typeof presets]
      return Object.keys(options).map((member) => ({ name, member, preset, options }))
    }),
  )('refuse as $member of $name what is no text', ({ name, member, preset, options }) => {
    // What has no text of its own either must not get in the way of the message.
    for (const value of [null, 5, '', {}, [], [['2.0']], Symbol('x'), Object.create(null)]) {
      const make = (): unknown =>
        Reflect.apply(preset, undefined, [{ ...options, [member]: value }]) as unknown
      expect(pathsOf(make)[0]).toMatch(new RegExp(`^${name}\\.${member}(?:\\[0\\])?$`))
    }
    const same = Reflect.apply(preset, undefined, [options]) as unknown
    expect(JSON.stringify(same)).toContain('issuer')
  })

  it('take what is undefined for what is not there', () => {
    const nothing = { clientId: undefined, version: undefined, tenantIds: undefined }
    const call = (preset: unknown, options: object): string =>
      JSON.stringify(Reflect.apply(preset as () => unknown, undefined, [options]))
    expect(call(entra, { tenantId, ...nothing })).toBe(call(entra, { tenantId }))
    const several = { tenantIds: [tenantId] }
    expect(call(entra, { ...several, tenantId: undefined })).toBe(call(entra, several))
    const realm = { url: 'https://sso.example.com', realm: 'shop' }
    expect(call(keycloak, { ...realm, clientId: undefined })).toBe(call(keycloak, realm))
    const { domain } = valid.okta
    const unset = { authorizationServerId: undefined, audience: undefined }
    expect(call(okta, { domain, ...unset })).toBe(call(okta, { domain }))
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
    [
      'Entra ID, version 2',
      'a token of another tenant',
      { tid: otherTenantId },
      'not_an_access_token',
    ],
    ['Entra ID, version 1', 'a token of no tenant', { tid: undefined }, 'not_an_access_token'],
    ['XSUAA', 'a client with a certificate', { grant_type: 'client_x509' }, 'machine'],
    ['XSUAA', 'a scope with periods', { aud: ['sb-shop!t42', 'shop!t42.stock'] }, 'user'],
    ['XSUAA', 'an application with a longer name', { aud: ['shop!t421'] }, 'wrong_audience'],
    ['XSUAA', 'an ID token', { aud: ['sb-shop!t42'], scope: ['openid'] }, 'wrong_audience'],
    ['XSUAA', 'a refresh token', { granted_scopes: ['shop!t42.read'] }, 'not_an_access_token'],
    ['XSUAA', 'a client named in two ways', { cid: 'other' }, 'malformed_claim'],
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

describe('xsuaa', () => {
  const { preset, user, header } = otherIssuers['XSUAA']!
  const evil = 'https://evil.example/token_keys'

  it.each([
    ['that it knows', 'k1'],
    ['that it does not know', 'k2'],
  ])('K07 never asks the jku of a token for a key %s', async (_, kid) => {
    const [ours, theirs] = [createKey('RS256', 'k1'), createKey('RS256', kid)]
    const world = createWorld({ issuers: preset })
    world.network.serveJson(`${url}/token_keys`, { keys: [ours.jwk] })
    world.network.serveJson(evil, { keys: [theirs.jwk] })
    const forged = sign(theirs, { ...header, alg: 'RS256', kid, jku: evil }, user)
    expect(await world.outcome(forged)).toMatch(/^(?:invalid_signature|unknown_key)$/)
    expect(new Set(world.network.requests)).toEqual(new Set([`${url}/token_keys`]))
  })

  it('K08 takes a token whatever its jku says', async () => {
    const key = createKey('RS256', 'k1')
    const world = createWorld({ issuers: preset })
    world.network.serveJson(`${url}/token_keys`, { keys: [key.jwk] })
    const token = sign(key, { ...header, alg: 'RS256', kid: 'k1', jku: evil }, user)
    expect(await world.outcome(token)).toBe(user['sub'])
    expect(world.network.requests).toEqual([`${url}/token_keys`])
  })

  it('takes RS256 and nothing else', async () => {
    const key = createKey('PS256', 'k1')
    const world = createWorld({ issuers: preset })
    world.network.serveJson(`${url}/token_keys`, { keys: [key.jwk] })
    const token = sign(key, { ...header, alg: 'PS256', kid: 'k1' }, user)
    expect(await world.outcome(token)).toBe('algorithm_not_allowed')
  })

  it('reads nothing else of a service binding', () => {
    const binding = { url, xsappname: 'shop!t42', clientid: 'sb-shop!t42', clientsecret: 'secret' }
    expect(JSON.stringify(xsuaa(binding))).not.toMatch(/secret|sb-shop/)
  })
})

describe('entra with several tenants', () => {
  const { user, header } = otherIssuers['Entra ID, version 2']!
  const clientId = String(user['aud'])
  const issuerOf = (tenant: string): string => `https://login.microsoftonline.com/${tenant}/v2.0`
  const keysOf = (tenant: string): string =>
    `https://login.microsoftonline.com/${tenant}/discovery/v2.0/keys`
  const metadataOf = (tenant: string): string =>
    `${issuerOf(tenant)}/.well-known/openid-configuration`
  // Two keys with one kid, so that a mix-up would show.
  const keyByTenant: Readonly<Record<string, TestKey>> = {
    [tenantId]: createKey('RS256', 'k1'),
    [otherTenantId]: createKey('RS256', 'k1'),
  }

  const worldOf = (issuers: ResourceServerOptions['issuers']): World => {
    const world = createWorld({ issuers })
    for (const [tenant, key] of Object.entries(keyByTenant)) {
      const metadata = { issuer: issuerOf(tenant), jwks_uri: keysOf(tenant) }
      world.network.serveJson(metadataOf(tenant), metadata)
      world.network.serveJson(keysOf(tenant), { keys: [key.jwk] })
    }
    return world
  }
  const tokenOf = (tenant: string, changes: object = {}, signer = tenant): string =>
    sign(
      keyByTenant[signer]!,
      { ...header, alg: 'RS256', kid: 'k1' },
      { ...user, iss: issuerOf(tenant), tid: tenant, ...changes },
    )
  const both = entra({ tenantIds: [tenantId, otherTenantId], clientId })

  it('accepts tokens of each, and loads the keys of a tenant with its first token', async () => {
    const world = worldOf(both)
    expect(await world.outcome(tokenOf(tenantId))).toBe(user['sub'])
    expect(world.network.requests).toEqual([metadataOf(tenantId), keysOf(tenantId)])
    expect(await world.outcome(tokenOf(otherTenantId))).toBe(user['sub'])
    expect(world.network.requests.slice(2)).toEqual([
      metadataOf(otherTenantId),
      keysOf(otherTenantId),
    ])
  })

  it('takes no key of one tenant for the other', async () => {
    const world = worldOf(both)
    await world.api.ready()
    expect(await world.outcome(tokenOf(tenantId, {}, otherTenantId))).toBe('invalid_signature')
    expect(await world.outcome(tokenOf(otherTenantId, {}, tenantId))).toBe('invalid_signature')
  })

  it.each([
    ['another tenant', tokenOf('11111111-2222-4333-8444-555555555555', {}, tenantId)],
    ['any tenant', tokenOf('{tenantid}', {}, tenantId)],
    ['common', tokenOf('common', {}, tenantId)],
    ['a tenant that exists and is not listed', tokenOf(otherTenantId)],
  ])('refuses tokens of %s without asking anybody', async (_, token) => {
    const world = worldOf(entra({ tenantIds: [tenantId], clientId }))
    expect(await world.outcome(token)).toBe('unknown_issuer')
    expect(world.network.requests).toEqual([])
  })

  it.each([
    ['names another tenant', { tid: otherTenantId }],
    ['is missing', { tid: undefined }],
    ['is a list', { tid: [tenantId] }],
  ])('refuses a token whose tid %s', async (_, changes) => {
    const world = worldOf(both)
    expect(await world.outcome(tokenOf(tenantId, changes))).toBe('not_an_access_token')
  })

  it('stands among other issuers', async () => {
    const world = worldOf(['https://id.example.com', ...both])
    expect(await world.outcome(tokenOf(otherTenantId))).toBe(user['sub'])
    expect(world.api.metadata.authorization_servers).toEqual([
      'https://id.example.com',
      issuerOf(tenantId),
      issuerOf(otherTenantId),
    ])
  })

  it.each<[string, object, readonly string[]]>([
    ['no tenant', { tenantIds: [] }, ['entra.tenantIds']],
    ['no list', { tenantIds: '*' }, ['entra.tenantIds']],
    ['any tenant', { tenantIds: [tenantId, 'organizations'] }, ['entra.tenantIds[1]']],
    ['both', { tenantId, tenantIds: [tenantId] }, ['entra.tenantId']],
    ['nothing', {}, ['entra.tenantId']],
    ['no text', { tenantIds: [null] }, ['entra.tenantIds[0]']],
  ])('refuses %s', (_, options, paths) => {
    expect(pathsOf(() => Reflect.apply(entra, undefined, [options]) as unknown)).toEqual(paths)
  })

  it('leaves it to the resource server to find a tenant that is listed twice', () => {
    const issuers = entra({ tenantIds: [tenantId, tenantId] })
    expect(pathsOf(() => createResourceServer({ resource: 'urn:i', issuers }))).toEqual([
      'issuers[1]',
    ])
  })
})
