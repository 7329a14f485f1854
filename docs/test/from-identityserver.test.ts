import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createResourceServer } from '@bailiwick/api-sdk'
import { checkOptions, createMemoryStore, generateSigningKey } from '@bailiwick/core'
import type { AuthorizationServer } from '@bailiwick/core'
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import inventory from './data/identityserver.json' with { type: 'json' }
import { startFormerServer } from './support/former-server.js'
import type { FormerServer } from './support/former-server.js'
import { askServer } from './support/ask-server.js'
import { importPage } from './support/import-page.js'
import type { ImportedPage } from './support/import-page.js'
import { namesIn, readTables } from './support/read-tables.js'

const text = readFileSync(new URL('../guides/from-identityserver.md', import.meta.url), 'utf8')
const rowsOf = (heading: string) => readTables(text, heading).flat()
const namesBelow = (heading: string) =>
  new Set(rowsOf(heading).flatMap(([there]) => namesIn(there)))

/** A default as the page shows it. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? '')

interface Schema {
  readonly definitions: Readonly<Record<string, Schema>>
  readonly properties: Readonly<Record<string, Schema>>
  readonly default?: unknown
}
const schema = JSON.parse(
  readFileSync(new URL('../../packages/cli/schema/bailiwick.schema.json', import.meta.url), 'utf8'),
) as Schema

describe('docs/guides/from-identityserver.md', () => {
  it.each([
    ['## Client', Object.keys(inventory.client)],
    [
      '## Resources',
      [
        ...inventory.resource.map((name) => `Resource.${name}`),
        ...inventory.apiResource.map((name) => `ApiResource.${name}`),
        ...inventory.apiScope.map((name) => `ApiScope.${name}`),
        ...inventory.identityResource.map((name) => `IdentityResource.${name}`),
        ...inventory.secret.map((name) => `Secret.${name}`),
      ],
    ],
    ['## Options', inventory.options],
    ['## Endpoints', Object.values(inventory.endpoints)],
    ['## Stores', inventory.stores],
    ['## Services', inventory.interfaces],
  ])('leaves out nothing that IdentityServer has: %s', (heading, names) => {
    expect(namesBelow(heading)).toEqual(new Set(names))
  })

  const client = schema.definitions['Client']?.properties ?? {}

  it('names members of a client that there are, and tells where a default differs', () => {
    const mapped = rowsOf('## Client').filter(([, , here]) => here !== '—')
    expect(mapped.length).toBeGreaterThan(30)
    for (const [there, , here, differs = ''] of mapped) {
      const [name = ''] = namesIn(here)
      expect(client).toHaveProperty(name)
      const [property = ''] = namesIn(there)
      const theirs = textOf((inventory.client as Record<string, unknown>)[property])
      const ours = textOf(client[name]?.default)
      const isSame = theirs.toLowerCase() === ours.toLowerCase()
      if (!isSame && /^\d+$/.test(theirs)) expect(differs).toContain(ours)
      if (isSame) expect(differs).not.toMatch(/default/i)
    }
  })

  it('tells the defaults of IdentityServer', () => {
    for (const [there, cell] of rowsOf('## Client')) {
      const values = namesIn(there).map(
        (name) => (inventory.client as Record<string, unknown>)[name],
      )
      if (values.length > 1) continue
      const [value] = values
      expect([there, cell]).toEqual([there, value === null ? '' : `\`${textOf(value)}\``])
    }
  })

  it('names members of resources that there are', () => {
    const members = ['ApiResource', 'ApiScope', 'IdentityResource', 'Secret'].flatMap((kind) =>
      Object.keys(schema.definitions[kind]?.properties ?? {}),
    )
    const named = rowsOf('## Resources').flatMap(([, here]) => namesIn(here))
    expect(named.filter((name) => !members.includes(name))).toEqual([])
  })
})

const issuer = 'https://id.example.com'
const oldKey = { ...generateSigningKey('RS256'), kid: 'old' }
const { kty, n, e } = oldKey
const ownKey = { ...generateSigningKey('RS256'), kid: 'own' }
const now = (): number => Math.floor(Date.now() / 1000)

/** What Users and createServer of the page take and give, as far as is needed here. */
interface Modules {
  readonly createServer: (surroundings: object) => { readonly server: AuthorizationServer }
  readonly isPassword: (password: string, hash: string) => Promise<boolean>
  readonly authenticateWith: (
    users: object,
  ) => (credentials: object) => Promise<{ subject: string } | undefined>
}

describe('a server as docs/guides/from-identityserver.md has it', () => {
  let page: ImportedPage
  let modules: Modules
  let former: FormerServer
  let server: AuthorizationServer
  let isLockedOut = false

  beforeAll(async () => {
    page = importPage('guides/from-identityserver')
    modules = Object.assign(
      {},
      ...(await Promise.all(['server.ts', 'password.ts', 'users.ts'].map(page.load))),
    ) as Modules
    former = await startFormerServer()
    const alice = { id: 'alice', claims: {}, passwordHash: '' }
    const byId = async (id: string) => (id === 'alice' ? { ...alice, isLockedOut } : undefined)
    ;({ server } = modules.createServer({
      issuer,
      store: createMemoryStore(),
      dataKeys: [Buffer.alloc(32, 1).toString('base64')],
      ownKey,
      oldKeys: [{ kty, n, e, kid: 'old' }],
      former: {
        tokenEndpoint: former.tokenEndpoint,
        secretOf: (id: string) => (id === 'web' ? 'the secret of the move: 100%' : undefined),
      },
      users: { byId, byName: byId },
    }))
  })
  afterAll(() => {
    former.close()
    page.remove()
  })

  const send = (url: string, form?: Record<string, string>, headers?: Record<string, string>) =>
    askServer(server, url, { form, headers })

  const refresh = (token: string) =>
    send('/connect/token', { grant_type: 'refresh_token', refresh_token: token })

  /** A token as IdentityServer makes it. */
  async function signedBefore(claims: object, typ: string, key = oldKey): Promise<string> {
    return new SignJWT({ iss: issuer, nbf: now(), iat: now(), exp: now() + 60, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ })
      .sign(await importJWK(key, 'RS256'))
  }
  const oldToken = (key = oldKey) =>
    signedBefore(
      {
        aud: 'urn:invoices',
        client_id: 'web',
        sub: 'alice',
        auth_time: now(),
        idp: 'local',
        amr: ['pwd'],
        jti: 'A1',
        scope: ['openid', 'invoice.read'],
      },
      'at+jwt',
      key,
    )

  it('takes secrets over unchanged, but those of Sha512', async () => {
    const { status } = await refresh(await former.refreshToken('web'))
    expect(status).toBe(200)
    const clientSecrets = [{ value: hash('sha512', 'secret', 'base64') }]
    const web = { clientId: 'web', clientSecrets, allowedGrantTypes: ['client_credentials'] }
    const problems = checkOptions({ issuer: 'http://127.0.0.1:1', resources: {}, clients: [web] })
    expect(problems.map(({ path }) => path)).toEqual(['clients[0].clientSecrets[0].value'])
  })

  it('has the addresses of IdentityServer', async () => {
    const { body } = await send('/.well-known/openid-configuration')
    expect(body).toMatchObject({
      authorization_endpoint: `${issuer}/connect/authorize`,
      token_endpoint: `${issuer}/connect/token`,
      userinfo_endpoint: `${issuer}/connect/userinfo`,
      introspection_endpoint: `${issuer}/connect/introspect`,
      revocation_endpoint: `${issuer}/connect/revocation`,
      end_session_endpoint: `${issuer}/connect/endsession`,
      jwks_uri: `${issuer}/.well-known/openid-configuration/jwks`,
    })
    const { body: jwks } = await send('/.well-known/openid-configuration/jwks')
    expect(jwks).toMatchObject({ keys: [{ kid: 'own' }, { kid: 'old' }] })
  })

  it('keeps access tokens good that were issued before, at APIs and at userinfo', async () => {
    const api = createResourceServer({
      resource: 'urn:invoices',
      issuers: issuer,
      fetch: async (url) => {
        const { pathname } = new URL(url)
        return Response.json((await send(pathname)).body)
      },
    })
    const outcome = async (token: string): Promise<unknown> => {
      const headers = { authorization: `Bearer ${token}` }
      const result = await api.authenticate({ method: 'GET', url: '/', headers })
      return result.ok ? [...result.auth.scopes] : result.error.reason
    }
    expect(await outcome(await oldToken())).toEqual(['openid', 'invoice.read'])
    const stranger = { ...generateSigningKey('RS256'), kid: 'old' }
    expect(await outcome(await oldToken(stranger))).toBe('invalid_signature')
    const authorization = `Bearer ${await oldToken()}`
    const { status, body } = await send('/connect/userinfo', undefined, { authorization })
    expect([status, body]).toEqual([200, { sub: 'alice' }])
  })

  it('takes ID tokens as hints that were issued before', async () => {
    const ask = async (key: typeof oldKey): Promise<string | null> => {
      const query = new URLSearchParams({
        client_id: 'web',
        response_type: 'code',
        redirect_uri: 'https://app.example.com/callback',
        scope: 'openid',
        prompt: 'none',
        code_challenge: 'x'.repeat(43),
        code_challenge_method: 'S256',
        id_token_hint: await signedBefore({ aud: 'web', sub: 'alice' }, 'JWT', key),
      })
      const { headers } = await send(`/connect/authorize?${query.toString()}`)
      return new URL(String(headers?.['location'])).searchParams.get('error')
    }
    expect(await ask(oldKey)).toBe('login_required')
    expect(await ask({ ...generateSigningKey('RS256'), kid: 'old' })).toBe('invalid_request')
  })

  it('exchanges refresh tokens that were issued before', async () => {
    const { body } = await refresh(await former.refreshToken('web'))
    const claims = decodeJwt(String(body['access_token']))
    expect(claims).toMatchObject({ sub: 'alice', client_id: 'web', auth_time: 1_700_000_000 })
    expect(claims['scope']).toEqual(['openid', 'invoice.read', 'offline_access'])
    expect(decodeProtectedHeader(String(body['access_token'])).kid).toBe('own')
    expect((await refresh(String(body['refresh_token']))).status).toBe(200)
  })

  it('refuses refresh tokens that nobody knows, or whose user is locked out', async () => {
    const { status, body } = await refresh('unknown')
    expect([status, body['error']]).toEqual([400, 'invalid_grant'])
    const token = await former.refreshToken('web')
    isLockedOut = true
    expect((await refresh(token)).body['error']).toBe('invalid_grant')
    isLockedOut = false
    expect((await refresh(token)).status).toBe(200)
  })

  it('answers 503 while the former server cannot be asked', async () => {
    const token = await former.refreshToken('web')
    const other = await former.refreshToken('app')
    // The client `web` may not use what was issued to `app`, at either server.
    expect((await refresh(other)).body['error']).toBe('invalid_grant')
    former.close()
    const { status, headers } = await refresh(token)
    expect([status, headers?.['retry-after']]).toEqual([503, '5'])
  })

  it.each([
    [
      'AQAAAAIAAAD6AAAAIJbVi5wbMR+htSfFp8fTw8N8GOS/Sje+S/4YZcgBfU7EQuqv4OkVYmc4VJl9AGZzmRTxSkP7LtVi9IWyUxX8IAAfZ8v+ZfhjCcudtC1YERSqE1OEdXLW9VukPuJWBBjLuw==',
      true,
    ],
    ['AQAAAAAAAAD6AAAAEAhftMyfTJylOlZT+eEotFXd1elee8ih5WsjXaR3PA9M', true],
    [
      'AQAAAAEAA9CQAAAAIESkQuj2Du8Y+kbc5lcN/W/3NiAZFEm11P27nrSN5/tId+bR1SwV8CO1Jd72r4C08OLvplNlCDc3oQZ8efcW+jQ=',
      true,
    ],
    ['AQAAAAAAAAD6AAAAEAhftMyfTJyAAAAAAAAAAAAAAAAAAAih5WsjXaR3PA9M', false],
    ['AQAAAAIAAAAyAAAAEOMwvh3+FZxqkdMBz2ekgGhwQ4A=', false],
    ['', false],
  ])('checks passwords of ASP.NET Core Identity: %s', async (stored, isRight) => {
    expect(await modules.isPassword('my password', stored)).toBe(isRight)
    expect(await modules.isPassword('My password', stored)).toBe(false)
  })

  it('signs in who has the password, and is not locked out', async () => {
    const passwordHash = 'AQAAAAAAAAD6AAAAEAhftMyfTJylOlZT+eEotFXd1elee8ih5WsjXaR3PA9M'
    const byName = async (id: string) =>
      id === 'nobody' ? undefined : { id, passwordHash, isLockedOut: id === 'locked' }
    const signIn = modules.authenticateWith({ byName })
    const password = 'my password'
    expect(await signIn({ username: 'alice', password })).toMatchObject({ subject: 'alice' })
    expect(await signIn({ username: 'alice', password: 'wrong' })).toBeUndefined()
    expect(await signIn({ username: 'locked', password })).toBeUndefined()
    expect(await signIn({ username: 'nobody', password })).toBeUndefined()
  })
})
