import { calculateJwkThumbprint } from 'jose'
import type { JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { generateSigningKey } from '../../src/index.js'
import {
  bodyOf,
  client,
  get,
  issuer,
  post,
  requestToken,
  signingKeys,
  testServer,
} from '../support/server.js'

describe('discovery', () => {
  it('tells what is true, in both documents alike', async () => {
    const server = testServer({
      resources: {
        identityResources: ['openid', { name: 'hr', userClaims: ['level', 'sub'] }],
        apiScopes: [
          { name: 'read', userClaims: ['role'] },
          { name: 'write', showInDiscoveryDocument: false, userClaims: ['hidden'] },
          { name: 'off', enabled: false },
        ],
        apiResources: [
          { name: 'https://api.example.com', userClaims: ['tenant'] },
          { name: 'https://hidden.example.com', showInDiscoveryDocument: false },
          { name: 'https://off.example.com', enabled: false },
          { name: 'urn:api' },
        ],
      },
    })
    const response = await get(server, '/.well-known/oauth-authorization-server')
    expect(bodyOf(response)).toEqual({
      issuer,
      userinfo_endpoint: `${issuer}/userinfo`,
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
      introspection_endpoint: `${issuer}/introspect`,
      introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      introspection_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      revocation_endpoint: `${issuer}/revoke`,
      revocation_endpoint_auth_methods_supported: [
        'client_secret_basic',
        'client_secret_post',
        'none',
      ],
      authorization_endpoint: `${issuer}/authorize`,
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'fragment', 'form_post'],
      code_challenge_methods_supported: ['S256'],
      prompt_values_supported: ['none', 'login', 'consent', 'select_account', 'create'],
      display_values_supported: ['page', 'popup', 'touch', 'wap'],
      claims_parameter_supported: true,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      authorization_response_iss_parameter_supported: true,
      end_session_endpoint: `${issuer}/end_session`,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
      scopes_supported: ['openid', 'hr', 'read', 'offline_access'],
      claims_supported: ['sub', 'level', 'role', 'tenant'],
      protected_resources: ['https://api.example.com'],
    })
    expect(response.headers).toMatchObject({
      'cache-control': 'public, max-age=300',
      'access-control-allow-origin': '*',
    })
    expect(await get(server, '/.well-known/openid-configuration')).toEqual(response)
  })

  it.each([
    ['/tenants/1/token'],
    ['/token'],
    ['/tenants/1/.well-known/openid-configuration'],
    ['/.well-known/openid-configuration'],
    ['/.well-known/openid-configuration/tenants/1'],
    ['/tenants/1/.well-known/oauth-authorization-server'],
    ['/.well-known/oauth-authorization-server/tenants/1'],
    ['/tenants/1/.well-known/jwks.json'],
  ])('answers an issuer with a path at %s', async (path) => {
    const server = testServer({ issuer: `${issuer}/tenants/1` })
    if (path.endsWith('/token')) {
      expect((await post(server, { grant_type: 'client_credentials' }, { path })).status).toBe(200)
      return
    }
    const document = bodyOf(await get(server, path))
    if (path.endsWith('jwks.json')) expect(document['keys']).toHaveLength(4)
    else {
      expect(document).toMatchObject({
        issuer: `${issuer}/tenants/1`,
        token_endpoint: `${issuer}/tenants/1/token`,
      })
    }
  })

  it('keeps the trailing slash of an issuer and doubles none', async () => {
    const server = testServer({ issuer: `${issuer}/`, emitStaticAudienceClaim: true })
    const document = bodyOf(await get(server, '/.well-known/openid-configuration'))
    expect(document).toMatchObject({ issuer: `${issuer}/`, token_endpoint: `${issuer}/token` })
    const { claims } = await requestToken(server)
    expect(claims).toMatchObject({ iss: `${issuer}/`, aud: ['urn:api', `${issuer}/resources`] })
  })

  it('tells of other paths', async () => {
    const server = testServer({ paths: { token: '/connect/token', jwks: '/keys' } })
    const document = bodyOf(await get(server, '/.well-known/openid-configuration'))
    expect(document).toMatchObject({
      token_endpoint: `${issuer}/connect/token`,
      jwks_uri: `${issuer}/keys`,
    })
    expect((await get(server, '/keys')).status).toBe(200)
    const path = '/connect/token'
    expect((await post(server, { grant_type: 'client_credentials' }, { path })).status).toBe(200)
  })
})

describe('the JWK Set', () => {
  it('holds every public key and nothing private', async () => {
    const { keys } = bodyOf(await get(testServer(), '/.well-known/jwks.json')) as unknown as {
      readonly keys: readonly JWK[]
    }
    expect(keys.map(({ alg }) => alg)).toEqual(['RS256', 'PS256', 'ES256', 'EdDSA'])
    for (const key of keys) {
      expect(Object.keys(key)).not.toEqual(expect.arrayContaining(['d']))
      for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'])
        expect(key).not.toHaveProperty(member)
      expect(key.use).toBe('sig')
      expect(key.kid).toBe(await calculateJwkThumbprint(key))
    }
  })

  it('signs with the first key of an algorithm and publishes all', async () => {
    const first = { ...generateSigningKey('ES256'), kid: 'first' }
    const second = { ...generateSigningKey('ES256'), kid: 'second' }
    const server = testServer({ signingKeys: [first, second, signingKeys[0]] })
    expect((await requestToken(server)).header).toMatchObject({ alg: 'ES256', kid: 'first' })
    expect(bodyOf(await get(server, '/.well-known/jwks.json'))['keys']).toHaveLength(3)
  })

  it.each([[undefined, 'RS256'] as const, ['ES256', 'ES256'] as const])(
    'signs with keys of its own when it is given none: default %s',
    async (defaultSigningAlgorithm, alg) => {
      const server = testServer({
        signingKeys: [],
        clients: [client],
        ...(defaultSigningAlgorithm && { defaultSigningAlgorithm }),
      })
      expect((await requestToken(server)).header.alg).toBe(alg)
    },
  )
})
