import { createResourceServer } from '@bailiwick/api-sdk'
import type { ResourceServerEvent, ResourceServerOptions } from '@bailiwick/api-sdk'
import { guardWith } from '@bailiwick/api-sdk/fetch'
import { fromServer } from '@bailiwick/api-sdk/server'
import { createAuthorizationServer, createMemoryStore, sha256 } from '@bailiwick/core'
import type { Client, Store } from '@bailiwick/core'
import { ConfigurationError, defineResources } from '@bailiwick/protocol'
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const issuer = 'https://id.example.com'
const apiSecret = [{ value: sha256('api secret') }]

const resources = defineResources({
  apiScopes: ['invoice.read', 'payment.make'],
  apiResources: [
    { name: 'urn:invoices', scopes: ['invoice.read'], secrets: apiSecret },
    { name: 'urn:payments', scopes: ['payment.make'] },
    { name: 'urn:vault', scopes: ['invoice.read'], requireResourceIndicator: true },
    {
      name: 'urn:picky',
      scopes: ['payment.make'],
      allowedAccessTokenSigningAlgorithms: ['ES256'],
      requireResourceIndicator: true,
    },
  ],
})

const clientOf = (
  clientId: string,
  accessTokenType: 'jwt' | 'reference',
): Client<'invoice.read' | 'payment.make', never> => ({
  clientId,
  clientSecrets: [{ value: sha256('secret') }],
  allowedGrantTypes: ['client_credentials'],
  allowedScopes: ['invoice.read', 'payment.make'],
  accessTokenType,
})

/** A node of a server, and what its clients do. */
function createNode(store: Store) {
  const server = createAuthorizationServer({
    issuer,
    store,
    dataKeys: [Buffer.alloc(32, 1).toString('base64')],
    defaultSigningAlgorithm: 'EdDSA',
    resources,
    clients: [clientOf('handles', 'reference'), clientOf('jwts', 'jwt')],
  })
  const post = async (path: string, form: Record<string, string>, who: string) => {
    const response = await server.handle({
      method: 'POST',
      url: path,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(who).toString('base64')}`,
      },
      body: async () => new URLSearchParams(form).toString(),
    })
    return JSON.parse(response?.body ?? '{}') as Record<string, unknown>
  }
  const issue = async (clientId: string, form: Record<string, string> = {}): Promise<string> => {
    const all = { grant_type: 'client_credentials', ...form }
    return String((await post('/token', all, `${clientId}:secret`))['access_token'])
  }
  return { server, post, issue }
}

/** A store that does not answer while it is down. */
function createFragileStore(): { readonly store: Store; readonly cut: () => void } {
  const store = createMemoryStore()
  let isDown = false
  const guarded = new Proxy(store, {
    get: (target, name: keyof Store) =>
      isDown ? () => Promise.reject(new Error('the store is down')) : target[name],
  })
  return { store: guarded, cut: () => void (isDown = true) }
}

type Changes = Partial<Pick<ResourceServerOptions, 'tokens' | 'now'>>

/** A server, and an API beside it. */
function createWorld(changes: Changes = {}) {
  const { store, cut } = createFragileStore()
  const node = createNode(store)
  const events: ResourceServerEvent[] = []
  const api = createResourceServer({
    ...fromServer(node.server, { api: 'urn:invoices' }),
    ...changes,
    onEvent: (event) => {
      events.push(event)
    },
  })
  const outcome = async (token: string): Promise<string | undefined> => {
    const headers = { authorization: `Bearer ${token}` }
    const result = await api.authenticate({ method: 'GET', url: '/', headers })
    return result.ok ? result.auth.clientId : result.error.reason
  }
  return { ...node, store, cut, api, events, outcome }
}

const fetchSpy = vi.fn<typeof fetch>(async () => Promise.reject(new Error('nothing is fetched')))

beforeEach(() => {
  vi.stubGlobal('fetch', fetchSpy)
})
afterEach(() => {
  vi.unstubAllGlobals()
  if (fetchSpy.mock.calls.length > 0) throw new Error('something was fetched')
})

describe('an API in the process of its server', () => {
  it('accepts a JWT', async () => {
    const { api, issue } = createWorld()
    const auth = await api.verify(await issue('jwts', { scope: 'invoice.read payment.make' }))
    expect(auth).toMatchObject({ issuer, clientId: 'jwts', isMachine: true })
    expect(auth.audience).toEqual(['urn:invoices', 'urn:payments'])
    expect(fetchSpy).not.toHaveBeenCalled()
  })

  it('is told of a reference token what the introspection endpoint would tell it', async () => {
    const { api, issue, post } = createWorld()
    const token = await issue('handles', { scope: 'invoice.read payment.make' })
    const auth = await api.verify(token)
    expect([...auth.scopes]).toEqual(['invoice.read'])
    const caller = 'urn%3Ainvoices:api+secret'
    const { active, ...claims } = await post('/introspect', { token }, caller)
    expect(active).toBe(true)
    expect({ ...auth.claims }).toEqual(claims)
    expect(fetchSpy).not.toHaveBeenCalled()
  })

  it('guards routes whose scopes are checked by the compiler', async () => {
    const { api, issue } = createWorld()
    const guard = guardWith(api)
    const handle = guard('invoice.read')((_request, auth) => new Response(auth.clientId))
    const send = async (token: string): Promise<number> => {
      const headers = { authorization: `Bearer ${token}` }
      return (await handle(new Request('https://api.example.com/', { headers }))).status
    }
    expect(await send(await issue('jwts'))).toBe(200)
    expect(await send(await issue('handles'))).toBe(200)
    expect(await send('x')).toBe(401)
    // @ts-expect-error -- a misspelt scope
    expect(() => guard('invoice.raed')).toThrow(ConfigurationError)
  })

  it.each([
    ['jwts', 'wrong_audience'],
    ['handles', 'inactive'],
  ])('refuses tokens for another API: %s', async (clientId, reason) => {
    const { issue, outcome } = createWorld()
    expect(await outcome(await issue(clientId, { scope: 'payment.make' }))).toBe(reason)
  })

  it('refuses a revoked reference token at once', async () => {
    const { issue, outcome, post } = createWorld()
    const token = await issue('handles')
    expect(await outcome(token)).toBe('handles')
    await post('/revoke', { token }, 'handles:secret')
    expect(await outcome(token)).toBe('inactive')
  })

  it.each([
    ['auto', 'jwts'],
    ['introspection', 'inactive'],
  ] as const)("with tokens: '%s' says of a revoked JWT: %s", async (tokens, said) => {
    const { issue, outcome, post } = createWorld({ tokens })
    const token = await issue('jwts')
    expect(await outcome(token)).toBe('jwts')
    await post('/revoke', { token }, 'jwts:secret')
    expect(await outcome(token)).toBe(said)
  })

  it('refuses an expired reference token', async () => {
    const { issue, outcome } = createWorld({ now: () => Date.now() / 1000 + 7200 })
    expect(await outcome(await issue('handles'))).toBe('expired')
  })
})

describe('the keys of a server in the same process', () => {
  it('are known as soon as they sign, and those before them stay', async () => {
    const { server, issue, outcome } = createWorld()
    const before = await issue('jwts')
    expect(await outcome(before)).toBe('jwts')
    await server.keys.rotate('EdDSA', { signs: 'atOnce' })
    const after = await issue('jwts')
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid)
    expect(await outcome(after)).toBe('jwts')
    expect(await outcome(before)).toBe('jwts')
  })

  it('are refused as soon as they are revoked', async () => {
    const { server, issue, outcome } = createWorld()
    const before = await issue('jwts')
    expect(await outcome(before)).toBe('jwts')
    await server.keys.revoke(String(decodeProtectedHeader(before).kid))
    expect(await outcome(before)).toBe('unknown_key')
    expect(await outcome(await issue('jwts'))).toBe('jwts')
  })

  it('are known when another process has made them', async () => {
    const { store, issue, outcome } = createWorld()
    expect(await outcome(await issue('jwts'))).toBe('jwts')
    const other = createNode(store)
    await other.server.keys.rotate('EdDSA', { signs: 'atOnce' })
    expect(await outcome(await other.issue('jwts'))).toBe('jwts')
  })

  it('are used for what they have signed and for nothing else', async () => {
    const { issue, outcome } = createWorld()
    const token = await issue('jwts')
    const { kid = '' } = decodeProtectedHeader(token)
    const { privateKey } = await generateKeyPair('Ed25519')
    const forge = (header: { readonly alg: string; readonly kid?: string }): Promise<string> =>
      new SignJWT(decodeJwt(token))
        .setProtectedHeader({ typ: 'at+jwt', ...header })
        .sign(privateKey)
    expect(await outcome(await forge({ alg: 'EdDSA', kid }))).toBe('invalid_signature')
    expect(await outcome(await forge({ alg: 'Ed25519', kid }))).toBe('unknown_key')
    expect(await outcome(await forge({ alg: 'EdDSA', kid: 'other' }))).toBe('unknown_key')
    expect(await outcome(await forge({ alg: 'EdDSA' }))).toBe('unknown_key')
  })

  it('are taken from the server alone', async () => {
    const { api, issue, outcome } = createWorld()
    const token = await issue('jwts')
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true })
    const jwk = { ...(await exportJWK(publicKey)), kid: 'mine' }
    const loadedAt = Math.floor(Date.now() / 1000)
    await api.hydrate({ issuers: [{ issuer, keys: [jwk], maxAge: 600, loadedAt }] })
    const header = { typ: 'at+jwt', alg: 'EdDSA', kid: 'mine' }
    const forged = await new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(privateKey)
    expect(await outcome(forged)).toBe('unknown_key')
    expect(await outcome(token)).toBe('jwts')
    expect(api.snapshot()).toEqual({ issuers: [] })
  })

  it('are none that the API does not allow', async () => {
    const { server, issue } = createWorld()
    const picky = createResourceServer(fromServer(server, { api: 'urn:picky' }))
    const allowed = await issue('jwts', { resource: 'urn:picky', scope: 'payment.make' })
    expect(decodeProtectedHeader(allowed).alg).toBe('ES256')
    expect((await picky.verify(allowed)).clientId).toBe('jwts')
    await expect(picky.verify(await issue('jwts'))).rejects.toMatchObject({
      reason: 'algorithm_not_allowed',
    })
  })

  it('are told of by ready() and health()', async () => {
    const { api } = createWorld()
    expect(api.health()).toEqual([{ issuer, state: 'empty' }])
    await api.ready()
    expect(api.health()).toEqual([{ issuer, state: 'fresh', ageSeconds: 0 }])
  })
})

it('an API that has to be named alone accepts no token that is for others too', async () => {
  const { server, issue } = createWorld()
  const vault = createResourceServer(fromServer(server, { api: 'urn:vault' }))
  const token = await issue('jwts', { resource: 'urn:vault', scope: 'invoice.read' })
  expect((await vault.verify(token)).audience).toEqual(['urn:vault'])
  await expect(vault.verify(await issue('jwts'))).rejects.toMatchObject({
    reason: 'wrong_audience',
  })
})

it('without its store a server answers for no token', async () => {
  const { api, cut, events, issue, outcome } = createWorld()
  const [handle, jwt] = await Promise.all([issue('handles'), issue('jwts')])
  cut()
  expect(await outcome(handle)).toBe('introspection_unavailable')
  const cold = createFragileStore()
  cold.cut()
  const { server } = createNode(cold.store)
  const other = createResourceServer(fromServer(server, { api: 'urn:invoices' }))
  await expect(other.verify(jwt)).rejects.toMatchObject({ reason: 'keys_unavailable', status: 503 })
  await expect(other.ready()).rejects.toMatchObject({ reason: 'keys_unavailable' })
  expect(other.health()).toEqual([{ issuer, state: 'empty' }])
  expect(JSON.stringify([api.health(), events])).not.toContain(handle)
})

it('a server guards no API that it does not have', () => {
  const { server } = createWorld()
  // @ts-expect-error -- the server has no such API
  expect(() => fromServer(server, { api: 'urn:invoice' })).toThrow(ConfigurationError)
})
