import { createHash } from 'node:crypto'
import { createResourceServer } from '@bailiwick/api-sdk'
import type { ResourceServer, ResourceServerOptions } from '@bailiwick/api-sdk'
import { guardWith } from '@bailiwick/api-sdk/express'
import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import type { AuthorizationServer, Client } from '@bailiwick/core'
import { bailiwick } from '@bailiwick/express'
import type { ResourceDefinitions } from '@bailiwick/protocol'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listening } from '../../../tests/support/listening.js'
import type { Listening } from '../../../tests/support/listening.js'

const redirectUri = 'https://app.example.com/callback'
const verifier = 'the-verifier-of-these-tests-has-to-be-43-characters-long'

const resources: ResourceDefinitions = {
  identityResources: ['openid', 'email'],
  apiScopes: ['invoice.read', { name: 'transaction', parameter: {} }, 'payment.make'],
  apiResources: [
    {
      name: 'urn:invoices',
      scopes: ['invoice.read', 'transaction'],
      userClaims: ['department'],
      secrets: [{ value: sha256('api secret') }],
    },
    { name: 'urn:payments', scopes: ['payment.make'] },
    {
      name: 'https://vault.example.com',
      scopes: ['invoice.read'],
      requireResourceIndicator: true,
      allowedAccessTokenSigningAlgorithms: ['PS256'],
    },
  ],
}

const clientOf = (clientId: string, accessTokenType: 'jwt' | 'reference'): Client => ({
  clientId,
  clientSecrets: [{ value: sha256('secret') }],
  allowedGrantTypes: ['client_credentials', 'authorization_code', 'refresh_token'],
  redirectUris: [redirectUri],
  allowedScopes: ['openid', 'email', 'invoice.read', 'transaction', 'payment.make'],
  allowOfflineAccess: true,
  accessTokenType,
  requireConsent: false,
})

let server: AuthorizationServer
let issuer: Listening
beforeAll(async () => {
  issuer = await listening((url) => {
    server = createAuthorizationServer({
      issuer: url,
      resources,
      clients: [clientOf('jwts', 'jwt'), clientOf('handles', 'reference')],
      profile: { claims: async () => ({ department: 7, email: 'alice@example.com' }) },
    })
    return express().use(bailiwick(server.handle))
  })
})
afterAll(() => {
  issuer.close()
})

type Form = Readonly<Record<string, string>>

async function tokensFor(clientId: string, form: Form): Promise<Form> {
  const response = await fetch(`${issuer.url}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:secret`)}` },
    body: new URLSearchParams(form),
  })
  const body = (await response.json()) as Form
  if (response.status !== 200) throw new Error(JSON.stringify(body))
  return body
}

const ownToken = async (clientId: string, form: Form = {}): Promise<string> =>
  String((await tokensFor(clientId, { grant_type: 'client_credentials', ...form }))['access_token'])

/** Follows redirects as the browser of alice, until it is sent to the client. */
async function follow(url: string, cookie = ''): Promise<URL> {
  const { origin, pathname } = new URL(url)
  if (origin !== issuer.url) return new URL(url)
  const id = /^\/interaction\/(.+)/.exec(pathname)?.[1]
  if (id !== undefined) {
    const login = { subject: 'alice', amr: ['pwd', 'otp'], acr: 'urn:mfa' }
    return follow(await server.interactions.login(id, login), cookie)
  }
  const response = await fetch(url, { redirect: 'manual', headers: { cookie } })
  const set = response.headers.getSetCookie().map((field) => field.split(';', 1).join(''))
  const location = response.headers.get('location')
  if (location === null) throw new Error(`${response.status} ${await response.text()}`)
  return follow(new URL(location, url).href, [cookie, ...set].filter(Boolean).join('; '))
}

/** Signs alice in at a client, and gives the tokens that it gets. */
async function signIn(clientId: string, form: Form): Promise<Form> {
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...form,
  })
  const { searchParams } = await follow(`${issuer.url}/authorize?${query.toString()}`)
  const code = searchParams.get('code') ?? ''
  const redemption = { code, redirect_uri: redirectUri, code_verifier: verifier }
  return tokensFor(clientId, { grant_type: 'authorization_code', ...redemption })
}

/** An API for which nothing is configured but its name and its issuer. */
const apiOf = (resource: string): ResourceServer =>
  createResourceServer({ resource, issuers: issuer.url })

describe('an API that knows its name and its issuer', () => {
  it('accepts what a client gets for itself', async () => {
    const auth = await apiOf('urn:invoices').verify(
      await ownToken('jwts', { scope: 'invoice.read' }),
    )
    expect(auth).toMatchObject({ issuer: issuer.url, subject: 'jwts', clientId: 'jwts' })
    expect(auth.isMachine).toBe(true)
  })

  it('accepts what a client gets for a user, also after a refresh', async () => {
    const scope = 'openid invoice.read transaction:42 offline_access'
    const tokens = await signIn('jwts', { scope })
    const refreshed = await tokensFor('jwts', {
      grant_type: 'refresh_token',
      refresh_token: String(tokens['refresh_token']),
    })
    for (const { access_token: token = '' } of [tokens, refreshed]) {
      const auth = await apiOf('urn:invoices').verify(token)
      expect(auth).toMatchObject({ subject: 'alice', clientId: 'jwts', isMachine: false })
      expect(auth.claims).toMatchObject({ department: 7, acr: 'urn:mfa', amr: ['pwd', 'otp'] })
      expect(auth.has(['invoice.read', 'transaction:42'])).toBe(true)
    }
  })

  it('refuses the ID token that comes with it', async () => {
    const { id_token: token = '' } = await signIn('jwts', { scope: 'openid invoice.read' })
    await expect(apiOf('urn:invoices').verify(token)).rejects.toMatchObject({
      reason: 'wrong_type',
    })
    const client = apiOf('jwts')
    await expect(client.verify(token)).rejects.toMatchObject({ reason: 'wrong_type' })
  })

  it('accepts what is for it alone, and only if it is named', async () => {
    const resource = 'https://vault.example.com'
    const vault = apiOf(resource)
    const auth = await vault.verify(await ownToken('jwts', { scope: 'invoice.read', resource }))
    expect(auth.audience).toEqual([resource])
    const shared = await ownToken('jwts', { scope: 'invoice.read' })
    await expect(vault.verify(shared)).rejects.toMatchObject({ reason: 'wrong_audience' })
  })

  it('refuses a token without audience', async () => {
    const { access_token: token = '' } = await signIn('jwts', { scope: 'openid' })
    await expect(apiOf('urn:invoices').verify(token)).rejects.toMatchObject({
      reason: 'missing_claim',
    })
  })

  it('answers over HTTP on Express', async () => {
    const guard = guardWith(apiOf('urn:invoices'))
    const app = express().get('/', guard('invoice.read'), (request, response) => {
      response.json(guard.auth(request).subject)
    })
    const served = await listening(() => app)
    const send = async (token: string): Promise<readonly unknown[]> => {
      const headers = { authorization: `Bearer ${token}` }
      const response = await fetch(served.url, { headers })
      return [response.status, await response.json()]
    }
    const { access_token: token = '' } = await signIn('jwts', { scope: 'openid invoice.read' })
    expect(await send(token)).toEqual([200, 'alice'])
    const other = await ownToken('jwts', { scope: 'payment.make' })
    expect((await send(other))[0]).toBe(401)
    served.close()
  })
})

describe('an API that has a secret besides', () => {
  const asking = (options: Partial<ResourceServerOptions> = {}): ResourceServer =>
    createResourceServer({
      resource: 'urn:invoices',
      issuers: { issuer: issuer.url, clientAuth: { secret: 'api secret' } },
      ...options,
    })

  it('accepts the reference token of a client', async () => {
    const auth = await asking().verify(await ownToken('handles'))
    expect(auth).toMatchObject({ subject: 'handles', isMachine: true })
  })

  it('accepts the reference token of a user, with what is its business', async () => {
    const scope = 'openid email invoice.read payment.make'
    const { access_token: token = '' } = await signIn('handles', { scope })
    const auth = await asking().verify(token)
    expect(auth).toMatchObject({ subject: 'alice', clientId: 'handles', isMachine: false })
    expect([...auth.scopes]).toEqual(['invoice.read'])
    expect(auth.claims).toMatchObject({ department: 7, acr: 'urn:mfa' })
    expect(auth.claims).not.toHaveProperty('email')
  })

  it.each(['client_secret_basic', 'client_secret_post'] as const)(
    'is told by a signature of the server, and may send its secret with %s',
    async (method) => {
      const api = asking({
        introspection: { response: 'jwt' },
        issuers: { issuer: issuer.url, clientAuth: { secret: 'api secret', method } },
      })
      const token = await ownToken('handles')
      expect((await api.verify(token)).clientId).toBe('handles')
      await expect(api.verify(`${token}x`)).rejects.toMatchObject({ reason: 'inactive' })
    },
  )

  it('accepts JWTs by their signature as before', async () => {
    const auth = await asking().verify(await ownToken('jwts', { scope: 'invoice.read' }))
    expect(auth.clientId).toBe('jwts')
  })
})
