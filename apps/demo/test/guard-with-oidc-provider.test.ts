import { createResourceServer } from '@bailiwick/api-sdk'
import type { ClientAuthOptions, ResourceServer, ResourceServerOptions } from '@bailiwick/api-sdk'
import { guardWith } from '@bailiwick/api-sdk/express'
import { generateSigningKey } from '@bailiwick/core'
import express from 'express'
import { decodeProtectedHeader } from 'jose'
import { Provider } from 'oidc-provider'
import type { ClientMetadata, Configuration } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listening } from '../../../tests/support/listening.js'
import type { Listening } from '../../../tests/support/listening.js'

const resource = 'https://api.example.com'
const algorithms = ['ES256', 'RS256', 'PS256', 'EdDSA'] as const

const opaqueResource = 'https://opaque.example.com'
const apiKey = { ...generateSigningKey('ES256'), alg: 'ES256', kid: 'api' } as const
const { d: _privatePart, ...publicApiKey } = apiKey

const client: ClientMetadata = {
  client_id: 'batch',
  client_secret: 'secret',
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
}

/** oidc-provider knows no APIs: one that asks about tokens is a client. */
const apiClient: ClientMetadata = {
  ...client,
  client_id: 'api',
  client_secret: 'api: 100% secret',
  grant_types: [],
  introspection_signed_response_alg: 'ES256',
}

const clients: ClientMetadata[] = [
  client,
  apiClient,
  { ...apiClient, client_id: 'posting', token_endpoint_auth_method: 'client_secret_post' },
  {
    ...apiClient,
    client_id: 'signing',
    client_secret: undefined,
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [publicApiKey] },
  },
]

/** One API for each algorithm, by its path: all get JWTs by RFC 9068. */
const configuration: Configuration = {
  scopes: ['read', 'write'],
  jwks: { keys: algorithms.map((alg) => ({ ...generateSigningKey(alg), use: 'sig' })) },
  clients,
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    jwtIntrospection: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_ctx, name) => ({
        audience: name,
        scope: 'read write',
        accessTokenFormat: name === opaqueResource ? 'opaque' : 'jwt',
        accessTokenTTL: 300,
        jwt: { sign: { alg: algorithms.find((alg) => name.endsWith(alg)) ?? 'ES256' } },
      }),
    },
  },
}

let issuer: Listening
beforeAll(async () => {
  issuer = await listening((url) => new Provider(url, configuration).callback())
})
afterAll(() => {
  issuer.close()
})

async function issue(name: string, scope = 'read'): Promise<string> {
  const response = await fetch(`${issuer.url}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('batch:secret')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope, resource: name }),
  })
  const body = (await response.json()) as Record<string, unknown>
  if (response.status !== 200) throw new Error(JSON.stringify(body))
  return String(body['access_token'])
}

const apiOf = (name: string, options: Partial<ResourceServerOptions> = {}): ResourceServer =>
  createResourceServer({ resource: name, issuers: issuer.url, ...options })

describe('tokens of oidc-provider by RFC 9068', () => {
  it.each(algorithms)(
    'are accepted with %s, by an API that knows its name and its issuer',
    async (alg) => {
      const name = `${resource}/${alg}`
      const token = await issue(name)
      expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'at+jwt', alg })
      const auth = await apiOf(name).verify(token)
      expect(auth).toMatchObject({ issuer: issuer.url, clientId: 'batch', audience: [name] })
      expect([...auth.scopes]).toEqual(['read'])
    },
  )

  it('are accepted and refused over HTTP', async () => {
    const guard = guardWith(apiOf(resource))
    const app = express().get('/', guard('read'), (request, response) => {
      response.json(guard.auth(request).clientId)
    })
    const served = await listening(() => app)
    const send = async (token: string): Promise<Response> =>
      fetch(served.url, { headers: { authorization: `Bearer ${token}` } })
    expect(await (await send(await issue(resource))).json()).toBe('batch')
    const lacking = await send(await issue(resource, 'write'))
    expect([lacking.status, lacking.headers.get('www-authenticate')]).toEqual([
      403,
      expect.stringContaining('error="insufficient_scope"'),
    ])
    expect((await send(await issue(`${resource}/other`))).status).toBe(401)
    served.close()
  })

  it('are refused with an algorithm that is not allowed', async () => {
    const api = apiOf(resource, { algorithms: ['PS256'] })
    await expect(api.verify(await issue(resource))).rejects.toMatchObject({
      reason: 'algorithm_not_allowed',
    })
  })
})

describe('opaque tokens of oidc-provider', () => {
  const clientAuths: readonly [string, ClientAuthOptions][] = [
    ['client_secret_basic', { id: 'api', secret: 'api: 100% secret' }],
    [
      'client_secret_post',
      { id: 'posting', secret: 'api: 100% secret', method: 'client_secret_post' },
    ],
    ['private_key_jwt', { id: 'signing', privateKey: apiKey }],
  ]
  const cases = (['json', 'jwt'] as const).flatMap((response) =>
    clientAuths.map(([method, clientAuth]) => [method, response, clientAuth] as const),
  )

  // It tells of no subject where a client acts for itself.
  const asking = (
    clientAuth: ClientAuthOptions,
    options: Partial<ResourceServerOptions>,
  ): ResourceServer =>
    createResourceServer({
      resource: opaqueResource,
      issuers: { issuer: issuer.url, clientAuth },
      ...options,
    })

  it.each(cases)('are accepted with %s and an answer in %s', async (_, response, clientAuth) => {
    const guarded = asking(clientAuth, { subject: 'optional', introspection: { response } })
    const token = await issue(opaqueResource)
    expect(token).not.toContain('.')
    expect(await guarded.verify(token)).toMatchObject({
      clientId: 'batch',
      subject: undefined,
      audience: [opaqueResource],
    })
    await expect(guarded.verify(`${token}x`)).rejects.toMatchObject({ reason: 'inactive' })
  })

  it('are refused without subject unless that is optional', async () => {
    const guarded = asking({ id: 'api', secret: 'api: 100% secret' }, {})
    await expect(guarded.verify(await issue(opaqueResource))).rejects.toMatchObject({
      reason: 'missing_claim',
    })
  })

  it('are answered with 503 when the API is not who it says it is', async () => {
    const guarded = asking({ id: 'api', secret: 'wrong' }, {})
    await expect(guarded.verify(await issue(opaqueResource))).rejects.toMatchObject({
      reason: 'introspection_credentials_rejected',
      status: 503,
    })
  })
})
