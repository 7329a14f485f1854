import { readFileSync } from 'node:fs'
import { createResourceServer } from '@bailiwick/api-sdk'
import {
  createAuthorizationServer,
  createMemoryStore,
  defaultGrants,
  generateSigningKey,
  sha256,
} from '@bailiwick/core'
import type { AuthorizationServer, Grant } from '@bailiwick/core'
import { decodeJwt } from 'jose'
import { Provider } from 'oidc-provider'
import type { AdapterPayload } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listening } from '../../tests/support/listening.js'
import type { Listening } from '../../tests/support/listening.js'
import { askServer } from './support/ask-server.js'
import { importPage } from './support/import-page.js'
import type { ImportedPage } from './support/import-page.js'
import { namesIn, readTables } from './support/read-tables.js'

const text = readFileSync(new URL('../guides/from-oidc-provider.md', import.meta.url), 'utf8')
const rowsOf = (heading: string) => readTables(text, heading).flat()
const namesBelow = (heading: string) =>
  new Set(rowsOf(heading).flatMap(([there]) => namesIn(there)))

/** What the package says of itself, in files that it does not export. */
async function insideOf(file: string): Promise<Record<string, unknown>> {
  const url = new URL(`../node_modules/oidc-provider/lib/${file}`, import.meta.url)
  return (await import(url.href)) as Record<string, unknown>
}

describe('docs/guides/from-oidc-provider.md', () => {
  it('leaves out no option, no feature and no lifetime', async () => {
    const { defaults } = (await insideOf('helpers/defaults.js')) as {
      readonly defaults: Readonly<Record<string, object>>
    }
    expect(namesBelow('## Options')).toEqual(new Set(Object.keys(defaults)))
    expect(namesBelow('## Features')).toEqual(new Set(Object.keys(defaults['features'] ?? {})))
    expect(namesBelow('## Lifetimes')).toEqual(new Set(Object.keys(defaults['ttl'] ?? {})))
  })

  it('leaves out no member of clients that is always there', async () => {
    const { RECOGNIZED_METADATA: members } = (await insideOf('consts/client_attributes.js')) as {
      readonly RECOGNIZED_METADATA: readonly string[]
    }
    expect(members.length).toBeGreaterThan(20)
    expect(namesBelow('## Clients')).toEqual(new Set(members))
  })

  it('leaves out no method of adapters', async () => {
    const { default: MemoryAdapter } = await insideOf('adapters/memory_adapter.js')
    const { prototype } = MemoryAdapter as { readonly prototype: object }
    const methods = Object.getOwnPropertyNames(prototype).filter(
      (name) => !['constructor', 'storage', 'key'].includes(name),
    )
    const named = [...namesBelow('## Adapter and store')].map((name) => name.replace(/\(.*/, ''))
    expect(new Set(named)).toEqual(new Set(methods))
  })

  it('names members of clients that there are', () => {
    const schema = JSON.parse(
      readFileSync(
        new URL('../../packages/cli/schema/bailiwick.schema.json', import.meta.url),
        'utf8',
      ),
    ) as { readonly definitions: { readonly Client: { readonly properties: object } } }
    const { properties } = schema.definitions.Client
    const named = [
      ...rowsOf('## Clients').flatMap(([, here]) => namesIn(here)),
      ...rowsOf('## Lifetimes').flatMap(([, , here = '']) =>
        here.startsWith('client') ? namesIn(here) : [],
      ),
      ...rowsOf('## Options').flatMap(([, here = '']) =>
        here.endsWith('of a client') ? namesIn(here) : [],
      ),
    ]
    expect(named.length).toBeGreaterThan(20)
    for (const name of named) expect(properties).toHaveProperty(name)
  })
})

const resource = 'https://api.example.com'
const scope = 'openid email offline_access invoice.read'
const keys = [
  { ...generateSigningKey('RS256'), kid: 'rsa' },
  { ...generateSigningKey('ES256'), kid: 'ec' },
]
const records = new Map<string, AdapterPayload>()

/** An adapter as everybody writes it. */
class MapAdapter {
  readonly model: string
  constructor(model: string) {
    this.model = model
  }
  readonly upsert = async (id: string, payload: AdapterPayload): Promise<undefined> =>
    void records.set(`${this.model} ${id}`, payload)
  readonly find = async (id: string): Promise<AdapterPayload | undefined> =>
    records.get(`${this.model} ${id}`)
  readonly destroy = async (id: string): Promise<undefined> =>
    void records.delete(`${this.model} ${id}`)
  readonly consume = async (id: string): Promise<undefined> => {
    const payload = records.get(`${this.model} ${id}`)
    if (payload !== undefined) payload.consumed = 1
  }
  readonly findByUid = async (): Promise<undefined> => undefined
  readonly findByUserCode = async (): Promise<undefined> => undefined
  readonly revokeByGrantId = async (): Promise<undefined> => undefined
}

/** The server that is left, with a client that has refresh tokens. */
function createProvider(issuer: string): Provider {
  return new Provider(issuer, {
    adapter: MapAdapter,
    clients: [
      {
        client_id: 'web',
        client_secret: 'secret',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: ['https://app.example.com/callback'],
      },
    ],
    claims: { openid: ['sub'], email: ['email'] },
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: 'invoice.read invoice.pay',
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    jwks: { keys: keys.map((key) => ({ ...key, use: 'sig' })) },
  })
}

describe('a server as docs/guides/from-oidc-provider.md has it', () => {
  let page: ImportedPage
  let formerServer: Listening
  let issuer: string
  let provider: Provider
  let server: AuthorizationServer
  let accounts: ReadonlySet<string> = new Set(['alice'])

  beforeAll(async () => {
    page = importPage('guides/from-oidc-provider')
    formerServer = await listening((url) => {
      provider = createProvider(url)
      return provider.callback()
    })
    issuer = formerServer.url
    const { createServer: create } = (await page.load('server.ts')) as {
      readonly createServer: (surroundings: object) => AuthorizationServer
    }
    const { profileOf } = (await page.load('accounts.ts')) as {
      readonly profileOf: (find: (id: string) => Promise<object | undefined>) => object
    }
    server = create({
      issuer,
      store: createMemoryStore(),
      dataKeys: [],
      signingKeys: keys,
      profile: profileOf(async (id) =>
        accounts.has(id)
          ? { claims: async (use: string) => ({ email: `${id}@example.com`, use }) }
          : undefined,
      ),
      former: {
        refreshTokens: new MapAdapter('RefreshToken'),
        grants: new MapAdapter('Grant'),
      },
    })
  })
  afterAll(() => {
    formerServer.close()
    page.remove()
  })

  /** A refresh token of oidc-provider, as if Alice had signed in there and allowed a part of it. */
  async function formerToken(changes: object = {}): Promise<string> {
    const client = await provider.Client.find('web')
    if (client === undefined) throw new Error('there is no client')
    const grant = new provider.Grant({ accountId: 'alice', clientId: 'web' })
    grant.addOIDCScope('openid email offline_access')
    grant.addResourceScope(resource, 'invoice.read')
    const token = new provider.RefreshToken({
      accountId: 'alice',
      client,
      grantId: await grant.save(),
      gty: 'authorization_code',
      scope: `${scope} invoice.pay`,
      resource,
      claims: {},
      authTime: 1_700_000_000,
      amr: ['pwd'],
      sessionUid: 'session',
      expiresWithSession: false,
      ...changes,
    })
    return token.save()
  }

  const send = (url: string, form?: Record<string, string>, headers?: Record<string, string>) =>
    askServer(server, url, { form, headers })

  const refresh = (token: string, form: Record<string, string> = {}) =>
    send('/token', { grant_type: 'refresh_token', refresh_token: token, ...form })

  /** What oidc-provider answers to a refresh. */
  async function refreshBefore(form: Record<string, string> = {}) {
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('web:secret')}` },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: await formerToken(),
        ...form,
      }),
    })
    return (await response.json()) as Record<string, string>
  }

  it('has the addresses of oidc-provider', async () => {
    const response = await fetch(`${issuer}/.well-known/openid-configuration`)
    const theirs = (await response.json()) as Record<string, string>
    const { body: ours } = await send('/.well-known/openid-configuration')
    const names = [
      'authorization_endpoint',
      'token_endpoint',
      'userinfo_endpoint',
      'end_session_endpoint',
      'jwks_uri',
    ]
    for (const name of names) expect([name, ours[name]]).toEqual([name, theirs[name]])
    expect(ours).toMatchObject({
      introspection_endpoint: `${issuer}/token/introspection`,
      revocation_endpoint: `${issuer}/token/revocation`,
    })
  })

  it('exchanges refresh tokens, with what was granted and for the same APIs', async () => {
    const former = await formerToken()
    const { body } = await refresh(former, { resource })
    expect(decodeJwt(String(body['access_token']))).toMatchObject({
      sub: 'alice',
      aud: resource,
      scope: 'invoice.read offline_access',
      auth_time: 1_700_000_000,
      amr: ['pwd'],
    })
    expect((await refresh(former)).body['error']).toBe('invalid_grant')
    const again = await refresh(String(body['refresh_token']), { resource })
    expect(again.status).toBe(200)
  })

  it.each([
    ['unknown', async () => 'unknown'],
    ['bound to a key', () => formerToken({ jkt: 'thumbprint' })],
    ['bound to a certificate', () => formerToken({ 'x5t#S256': 'thumbprint' })],
    ['bound to a session', () => formerToken({ expiresWithSession: true })],
    ['used', () => formerToken({ consumed: 1 })],
    ['of another client', () => formerToken({ client: undefined, clientId: 'other' })],
    ['over', () => formerToken({ exp: 1 })],
    ['of nobody any more', () => formerToken({ accountId: 'bob' })],
    ['revoked', () => formerToken({ grantId: 'gone' })],
  ])('does not exchange a refresh token that is %s', async (_, make) => {
    const { status, body } = await refresh(await make())
    expect([status, body['error']]).toEqual([400, 'invalid_grant'])
  })

  it('asks whether a user is still there', async () => {
    const token = await formerToken()
    accounts = new Set()
    expect((await refresh(token)).body['error']).toBe('invalid_grant')
    accounts = new Set(['alice'])
    expect((await refresh(token)).status).toBe(200)
  })

  it('keeps JWT access tokens good at APIs', async () => {
    const { access_token: token } = await refreshBefore({ resource, scope: 'invoice.read' })
    const api = createResourceServer({
      resource,
      issuers: issuer,
      fetch: async (url) => Response.json((await send(new URL(url).pathname)).body),
    })
    const headers = { authorization: `Bearer ${token}` }
    const result = await api.authenticate({ method: 'GET', url: '/', headers })
    expect(result.ok && [...result.auth.scopes]).toEqual(['invoice.read'])
  })

  it('takes ID tokens as hints that come with a refresh, and none of oidc-provider', async () => {
    async function askWith(hint: unknown): Promise<string | null> {
      const query = new URLSearchParams({
        client_id: 'web',
        response_type: 'code',
        redirect_uri: 'https://app.example.com/callback',
        scope: 'openid',
        prompt: 'none',
        code_challenge: 'x'.repeat(43),
        code_challenge_method: 'S256',
        id_token_hint: String(hint),
      })
      const { headers } = await send(`/auth?${query.toString()}`)
      return new URL(String(headers?.['location'])).searchParams.get('error')
    }
    expect(await askWith((await refreshBefore())['id_token'])).toBe('invalid_request')
    const { body } = await refresh(await formerToken())
    expect(await askWith(body['id_token'])).toBe('login_required')
  })

  it('is right about tokens without resource: userinfo in both', async () => {
    const { access_token: theirs } = await refreshBefore()
    const before = await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${theirs}` } })
    expect(before.status).toBe(200)
    const { body } = await refresh(await formerToken({ resource: undefined }))
    const authorization = `Bearer ${String(body['access_token'])}`
    const { status, body: claims } = await send('/me', undefined, { authorization })
    expect([status, claims]).toEqual([200, { sub: 'alice', email: 'alice@example.com' }])
    expect(decodeJwt(String(body['access_token']))).not.toHaveProperty('aud')
  })

  it('offers a grant of its own', async () => {
    const { apiKeyGrant } = (await page.load('api-key-grant.ts')) as {
      readonly apiKeyGrant: (ownerOf: (key: string) => Promise<string | undefined>) => Grant
    }
    server = createAuthorizationServer({
      issuer,
      resources: { apiScopes: ['read'], apiResources: [{ name: 'urn:api', scopes: ['read'] }] },
      clients: [
        {
          clientId: 'web',
          clientSecrets: [{ value: sha256('secret') }],
          allowedGrantTypes: ['urn:example:api-key'],
          allowedScopes: ['read'],
        },
      ],
      grants: [...defaultGrants, apiKeyGrant(async (key) => (key === 'k1' ? 'alice' : undefined))],
    })
    const ask = (key: string) =>
      send('/token', { grant_type: 'urn:example:api-key', api_key: key, scope: 'read' })
    const { body } = await ask('k1')
    expect(decodeJwt(String(body['access_token']))).toMatchObject({ sub: 'alice', aud: 'urn:api' })
    expect((await ask('k2')).body['error']).toBe('invalid_grant')
  })
})
