import { expect } from 'vitest'
import { checkOptions, createMemoryStore, sha256 } from '@bailiwick/core'
import type { AuthorizationServerOptions, RecordKind, ServerEvent } from '@bailiwick/core'
import { failingStore } from '../../../packages/core/test/support/failing-store.js'
import {
  authorizationQuery,
  authorizeWith,
  peopleServer,
  redeem,
  refresh,
  resources,
  signInAndRedeem,
  web,
} from '../../../packages/core/test/support/people.js'
import {
  basic,
  bodyOf,
  client,
  dataKeys,
  get,
  issuer,
  post,
  testServer,
} from '../../../packages/core/test/support/server.js'
import { toNodeListener } from '@bailiwick/node'
import { listening } from '../../../tests/support/listening.js'
import type { Proofs } from './proof.js'

const problemsOf = (options: Partial<AuthorizationServerOptions>): readonly string[] =>
  checkOptions({ issuer, resources, clients: [web], dataKeys, ...options }).map(({ path }) => path)

const kinds: readonly RecordKind[] = [
  'authorization_code',
  'refresh_token',
  'reference_token',
  'session',
  'interaction',
  'consent',
  'token_mark',
  'login_attempts',
  'signing_key',
]

/** Everything that a store holds, as text. */
async function contentOf(store: ReturnType<typeof createMemoryStore>): Promise<string> {
  const pages = await Promise.all(kinds.map((kind) => store.list({ kind }, { limit: 100 })))
  return JSON.stringify(pages.flatMap(({ records }) => records))
}

/** What the chapters on proxies, secrets, logs and limits say (RFC 9700 section 4.13, and beyond it). */
export const operationProofs: Proofs = {
  async 'host-header-unused'() {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example' }
    const server = peopleServer()
    const metadata = await get(server, '/.well-known/openid-configuration', headers)
    const redirected = await get(server, `/authorize?${authorizationQuery()}`, headers)
    expect(JSON.stringify([metadata, redirected])).not.toContain('evil.example')
    expect(redirected.headers['location']).toMatch(`${issuer}/interaction/`)
  },

  async 'forwarded-address-unused'() {
    const seen: (string | undefined)[] = []
    const { url, close } = await listening(() =>
      toNodeListener(async ({ remoteAddress }) => {
        seen.push(remoteAddress)
        return { status: 204, headers: {} }
      }),
    )
    await fetch(url, { headers: { 'x-forwarded-for': '203.0.113.9' } })
    close()
    expect(seen).toEqual(['127.0.0.1'])
  },

  async 'issuer-https'() {
    expect(problemsOf({ issuer: 'http://id.example.com' })).toContain('issuer')
    expect(problemsOf({})).toEqual([])
  },

  async 'data-keys-needed'() {
    expect(problemsOf({ dataKeys: [] })).toEqual(['dataKeys'])
  },

  async 'secrets-are-hashed'() {
    const clients = [{ ...web, clientSecrets: [{ value: 'secret' }] }]
    expect(problemsOf({ clients })).toEqual(['clients[0].clientSecrets[0].value'])
  },

  async 'store-holds-no-handles'() {
    const store = createMemoryStore()
    const server = peopleServer({ store, now: () => Math.floor(Date.now() / 1000) })
    const code = (await authorizeWith(server, { scope: 'openid read offline_access' })).searchParams
    const unused = (await authorizeWith(server)).searchParams.get('code') ?? ''
    const tokens = bodyOf(await redeem(server, code.get('code')))
    const content = await contentOf(store)
    expect(content).toContain('refresh_token')
    for (const handle of [code.get('code') ?? '', unused, String(tokens['refresh_token'])]) {
      expect(content).not.toContain(handle.split('.').pop())
    }
  },

  async 'store-is-sealed'() {
    const store = createMemoryStore()
    const now = (): number => Math.floor(Date.now() / 1000)
    const login = { subject: 'alice', claims: { email: 'alice@private.example' } }
    await authorizeWith(peopleServer({ store, now }), {}, { login })
    expect(await contentOf(store)).not.toContain('alice@private.example')
    const open = createMemoryStore()
    await authorizeWith(peopleServer({ store: open, now, dataKeys: [] }), {}, { login })
    expect(await contentOf(open)).toContain('alice@private.example')
  },

  async 'store-away-is-503'() {
    const server = peopleServer({ store: failingStore() })
    const { status, headers } = await redeem(server, 'some-code')
    expect([status, headers['retry-after']]).toEqual([503, '5'])
    expect((await refresh(server, 'some.token')).status).toBe(503)
  },

  async 'events-hold-no-secrets'() {
    const events: ServerEvent[] = []
    const server = peopleServer({ onEvent: (event) => void events.push(event) })
    const tokens = await signInAndRedeem(server, { scope: 'openid read offline_access' })
    await redeem(server, 'a-wrong-code')
    await post(
      server,
      { grant_type: 'client_credentials' },
      { authorization: basic('web', 'wrong-secret') },
    )
    const text = JSON.stringify(events)
    expect(events.map(({ type }) => type)).toContain('token_issued')
    expect(events.map(({ type }) => type)).toContain('request_rejected')
    const { access_token: access, id_token: identity, refresh_token: refreshing } = tokens
    for (const secret of [access, identity, refreshing, 'a-wrong-code', 'wrong-secret']) {
      expect(secret).toBeTypeOf('string')
      expect(text).not.toContain(secret)
    }
  },

  async 'replay-is-reported'() {
    const events: ServerEvent[] = []
    const server = peopleServer({ onEvent: (event) => void events.push(event) })
    const code = (await authorizeWith(server)).searchParams.get('code')
    await redeem(server, code)
    await redeem(server, code)
    expect(events).toContainEqual({
      type: 'replay_detected',
      credential: 'authorization_code',
      clientId: 'web',
      subject: 'alice',
    })
  },

  async 'body-is-limited'() {
    const { url, close } = await listening(() => toNodeListener(testServer().handle))
    const response = await fetch(`${url}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `grant_type=${'a'.repeat(64 * 1024)}`,
    })
    close()
    expect(response.status).toBe(413)
  },

  async 'parameters-are-strict'() {
    const many = Array.from({ length: 101 }, (_, index): [string, string] => [`p${index}`, 'x'])
    const twice: [string, string][] = [
      ['grant_type', 'client_credentials'],
      ['grant_type', 'client_credentials'],
    ]
    for (const form of [many, twice]) {
      const response = await post(testServer(), form)
      expect([response.status, bodyOf(response)['error']]).toEqual([400, 'invalid_request'])
    }
  },

  async 'mistakes-are-found-at-start'() {
    const clients = [
      { ...client, allowedScopes: ['raed'], accessTokenLifetime: 0 },
      {
        ...web,
        redirectUris: [],
        clientSecrets: [{ value: sha256('secret'), expiration: 'soon' }],
      },
    ]
    expect(problemsOf({ clients })).toEqual([
      'clients[0].allowedScopes[0]',
      'clients[0].accessTokenLifetime',
      'clients[1].clientSecrets[0].expiration',
      'clients[1].redirectUris',
    ])
  },
}
