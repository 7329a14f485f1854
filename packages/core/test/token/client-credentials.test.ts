import { createLocalJWKSet, jwtVerify } from 'jose'
import type { JSONWebKeySet } from 'jose'
import { describe, expect, it } from 'vitest'
import { defaultGrants } from '../../src/index.js'
import type { AuthenticatedClient, ServerEvent } from '../../src/index.js'
import { clientCredentials } from '../../src/grants/client-credentials.js'
import { parseParameters } from '../../src/http/parameters.js'
import { registerClient } from '../../src/options/register-client.js'
import { resolveOptions } from '../../src/options.js'
import {
  bodyOf,
  client,
  get,
  issuer,
  now,
  post,
  requestToken,
  signingKeys,
  testServer,
  userGrant,
} from '../support/server.js'

describe('grant_type=client_credentials', () => {
  it('issues a JWT access token (RFC 9068)', async () => {
    const response = await post(testServer({ randomId: () => 'id-1' }), {
      grant_type: 'client_credentials',
      scope: 'read',
    })
    expect(response.status).toBe(200)
    expect(response.headers).toEqual({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      pragma: 'no-cache',
    })
    const { access_token: token, ...rest } = bodyOf(response)
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 3600, scope: 'read' })

    const jwks = bodyOf(await get(testServer(), '/.well-known/jwks.json'))
    const verified = await jwtVerify(
      String(token),
      createLocalJWKSet(jwks as unknown as JSONWebKeySet),
      { typ: 'at+jwt', issuer, audience: 'urn:api', currentDate: new Date(now * 1000) },
    )
    expect(verified.protectedHeader.alg).toBe('RS256')
    expect(verified.payload).toEqual({
      iss: issuer,
      sub: 'client',
      client_id: 'client',
      aud: 'urn:api',
      iat: now,
      nbf: now,
      exp: now + 3600,
      jti: 'id-1',
      scope: 'read',
    })
  })

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'] as const)('signs with %s', async (algorithm) => {
    const resources = {
      apiScopes: ['read'],
      apiResources: [
        {
          name: 'urn:api',
          scopes: ['read'],
          allowedAccessTokenSigningAlgorithms: [algorithm],
        },
      ],
    }
    const server = testServer({ resources, clients: [{ ...client, allowedScopes: ['read'] }] })
    const { header, response } = await requestToken(server)
    expect(header).toMatchObject({ alg: algorithm, typ: 'at+jwt' })
    const jwks = bodyOf(await get(server, '/.well-known/jwks.json')) as unknown as JSONWebKeySet
    expect(jwks.keys.find(({ kid }) => kid === header.kid)?.alg).toBe(algorithm)
    const token = String(response['access_token'])
    await expect(
      jwtVerify(token, createLocalJWKSet(jwks), { currentDate: new Date(now * 1000) }),
    ).resolves.toMatchObject({ payload: { aud: 'urn:api' } })
  })

  it('gives every enabled API scope the client may have when none is asked for', async () => {
    const server = testServer({
      resources: {
        identityResources: ['openid'],
        apiScopes: ['read', 'write', { name: 'off', enabled: false }],
      },
      clients: [{ ...client, allowedScopes: ['openid', 'write', 'off', 'read'] }],
    })
    expect((await requestToken(server)).response['scope']).toBe('write read')
  })

  it('keeps the order of the request and drops repeats', async () => {
    const { claims } = await requestToken(testServer(), { scope: 'write  read write' })
    expect(claims['scope']).toBe('write read')
  })

  it('sends the claims of the client with their prefix, and its own lifetime', async () => {
    const clients = [{ ...client, claims: { tier: 'gold', level: 3 }, accessTokenLifetime: 60 }]
    const { claims, response } = await requestToken(testServer({ clients }))
    expect(claims).toMatchObject({ client_tier: 'gold', client_level: 3, exp: now + 60 })
    expect(response['expires_in']).toBe(60)
  })

  it.each<[string, Record<string, string>, string, RegExp]>([
    ['no grant_type', { grant_type: '' }, 'invalid_request', /^grant_type is missing$/],
    ['an unknown grant_type', { grant_type: 'x' }, 'unsupported_grant_type', /grant_type 'x'/],
    [
      'a grant the client may not use',
      { grant_type: 'y' },
      'unauthorized_client',
      /grant_type 'y'/,
    ],
    ['an unknown scope', { scope: 'read x y' }, 'invalid_scope', /^scope 'x', 'y': unknown/],
    ['a scope of a user', { scope: 'openid' }, 'invalid_scope', /^scope 'openid': .* about a user/],
    ['offline_access', { scope: 'offline_access' }, 'invalid_scope', /'offline_access'/],
    ['a scope with a quote', { scope: 'a"b' }, 'invalid_scope', /^scope holds characters/],
    [
      'scopes parted by a tab',
      { scope: 'read\twrite' },
      'invalid_scope',
      /^scope holds characters/,
    ],
    ['a long scope', { scope: 'a '.repeat(501) }, 'invalid_scope', /longer than 1000 characters/],
    ['an unknown resource', { resource: 'urn:x' }, 'invalid_target', /^resource 'urn:x'/],
    [
      'a resource without its scope',
      { scope: 'write', resource: 'urn:r' },
      'invalid_target',
      /'urn:r'/,
    ],
    ['a resource in another case', { resource: 'URN:API' }, 'invalid_target', /'URN:API'/],
    [
      'a relative resource',
      { resource: '/api' },
      'invalid_target',
      /^resource '\/api' is not an absolute/,
    ],
    [
      'a resource with a fragment',
      { resource: 'urn:api#x' },
      'invalid_target',
      /without a fragment/,
    ],
    ['a long resource', { resource: `urn:${'x'.repeat(509)}` }, 'invalid_target', /512 characters/],
  ])('refuses %s', async (_, change, error, description) => {
    const server = testServer({
      resources: {
        identityResources: ['openid'],
        apiScopes: ['read', 'write'],
        apiResources: [
          { name: 'urn:api', scopes: ['read', 'write'] },
          { name: 'urn:r', scopes: ['read'] },
        ],
      },
      clients: [
        { ...client, allowedScopes: ['openid', 'read', 'write'], allowOfflineAccess: true },
      ],
      grants: [...defaultGrants, { ...userGrant(undefined), grantType: 'y' }],
    })
    const response = await post(server, { grant_type: 'client_credentials', ...change })
    expect(response.status).toBe(400)
    const body = bodyOf(response)
    expect(body['error']).toBe(error)
    expect(body['error_description']).toMatch(description)
    expect(response.headers['cache-control']).toBe('no-store')
  })

  it('is not for public clients, wherever they come from', async () => {
    const { context } = resolveOptions({ issuer, resources: {}, clients: [], signingKeys })
    const publicClient = { ...registerClient(client), isConfidential: false }
    await expect(
      clientCredentials.validate(
        { client: publicClient as AuthenticatedClient, parameters: parseParameters('') },
        context,
      ),
    ).rejects.toMatchObject({ code: 'unauthorized_client' })
  })

  it('refuses two resources', async () => {
    const response = await post(testServer(), [
      ['grant_type', 'client_credentials'],
      ['resource', 'urn:api'],
      ['resource', 'urn:other'],
    ])
    expect(bodyOf(response)).toMatchObject({ error: 'invalid_target' })
  })

  it('treats blank parameters as absent', async () => {
    const { claims } = await requestToken(testServer(), { scope: ' ', resource: '' })
    expect(claims['scope']).toBe('read write')
  })

  it('reports what it issued, without the token', async () => {
    const events: ServerEvent[] = []
    const server = testServer({ onEvent: (event) => events.push(event), randomId: () => 'j' })
    const { response } = await requestToken(server, { scope: 'read' })
    expect(events).toEqual([
      {
        type: 'token_issued',
        clientId: 'client',
        grantType: 'client_credentials',
        jti: 'j',
        audience: ['urn:api'],
        scope: 'read',
      },
    ])
    expect(JSON.stringify(events)).not.toContain(response['access_token'])
  })

  it('issues a token even when the listener for events throws', async () => {
    const warnings: Error[] = []
    const listen = (warning: Error): unknown => warnings.push(warning)
    process.on('warning', listen)
    const server = testServer({
      onEvent: () => {
        throw new Error('the log is full')
      },
    })
    expect((await requestToken(server)).claims.sub).toBe('client')
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    process.off('warning', listen)
    expect(warnings.map(({ message }) => message)).toEqual(['the log is full'])
  })
})
