import { createHash } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import type { Client } from '../../src/index.js'
import {
  authorizationQuery,
  authorizeWith,
  createBrowser,
  interactionOf,
  locationOf,
  peopleServer,
  redeem,
  redirectUri,
  signInAndRedeem,
  web,
} from '../support/people.js'
import type { Query } from '../support/people.js'
import { basic, get, issuer, post } from '../support/server.js'

const parametersOf = (url: URL): Record<string, string> => Object.fromEntries(url.searchParams)

const ask = (changes: Query, client: Partial<Client> = {}) =>
  get(
    peopleServer({ clients: [{ ...web, ...client }] }),
    `/authorize?${authorizationQuery(changes)}`,
  )

describe('an authorization request', () => {
  it('leads to a page that signs the user in, and from there with a code to the client', async () => {
    const server = peopleServer()
    const browser = createBrowser(server)
    const response = await browser.get(`/authorize?${authorizationQuery()}`)
    expect(response).toMatchObject({ status: 303, headers: { 'cache-control': 'no-store' } })
    const id = interactionOf(response) ?? ''
    expect(id).toMatch(/^[\w-]{43}$/)
    expect(await server.interactions.find(id)).toMatchObject({
      id,
      prompt: 'login',
      client: { clientId: 'web', clientName: 'The web shop' },
      redirectUri,
      user: undefined,
    })
    const back = await browser.get(await server.interactions.login(id, { subject: 'alice' }))
    expect(back.status).toBe(303)
    const answer = locationOf(back)
    expect(answer.origin + answer.pathname).toBe(redirectUri)
    expect(parametersOf(answer)).toEqual({
      code: expect.stringMatching(/^[\w-]{43}$/) as string,
      state: 'the state',
      iss: issuer,
    })
  })

  it('may be posted', async () => {
    const server = peopleServer()
    const response = await post(server, authorizationQuery(), {
      path: '/authorize',
      authorization: null,
    })
    expect(interactionOf(response)).toBeDefined()
  })

  it('is posted again from here when another site has posted it, so that cookies come along', async () => {
    const server = peopleServer()
    const posted = await post(server, authorizationQuery({ state: '"<' }), {
      path: '/authorize',
      authorization: null,
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(posted.status).toBe(200)
    expect(posted.body).toContain(`<form method="post" action="${issuer}/authorize">`)
    expect(posted.body).toContain('name="state" value="&quot;&lt;"')
    const again = await post(server, authorizationQuery(), {
      path: '/authorize',
      authorization: null,
      headers: { 'sec-fetch-site': 'same-origin' },
    })
    expect(interactionOf(again)).toBeDefined()
  })

  it('is posted again also when it has a field of the name submit', async () => {
    const posted = await post(peopleServer(), authorizationQuery({ submit: 'Sign in' }), {
      path: '/authorize',
      authorization: null,
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    const { body = '', headers } = posted
    const [, script = ''] = /<script>(.+?)<\/script>/.exec(body) ?? []
    const digest = createHash('sha256').update(script).digest('base64')
    expect(headers['content-security-policy']).toContain(`script-src 'sha256-${digest}'`)
    // As in a browser, where a field of a form hides the method of the same name.
    const form = { submit: { value: 'Sign in' } }
    const submitted: unknown[] = []
    function submit(this: unknown): void {
      submitted.push(this)
    }
    runInNewContext(script, {
      document: { forms: [form] },
      HTMLFormElement: { prototype: { submit } },
    })
    expect(submitted).toEqual([form])
  })

  it('asks nothing again of who is signed in', async () => {
    const server = peopleServer()
    const browser = createBrowser(server)
    await authorizeWith(server, {}, { browser })
    const response = await browser.get(`/authorize?${authorizationQuery()}`)
    expect(locationOf(response).searchParams.get('code')).toBeTruthy()
  })

  it('ignores parameters that it does not know', async () => {
    expect(interactionOf(await ask({ unknown: 'x', audience: 'urn:x' }))).toBeDefined()
  })

  it('keeps a query that the redirect URI has of its own', async () => {
    const own = `${redirectUri}?tenant=1`
    const server = peopleServer({ clients: [{ ...web, redirectUris: [own] }] })
    const answer = await authorizeWith(server, { redirect_uri: own })
    expect(answer.href.startsWith(`${own}&code=`)).toBe(true)
  })
})

describe('an authorization request whose client or redirect URI is not known', () => {
  it.each<[name: string, changes: Query]>([
    ['client_id is missing', { client_id: undefined }],
    ["client_id 'nobody' is unknown", { client_id: 'nobody' }],
    ['redirect_uri is missing', { redirect_uri: undefined }],
    [
      "redirect_uri 'https://evil.example/' is not registered",
      { redirect_uri: 'https://evil.example/' },
    ],
    ['is not registered', { redirect_uri: `${redirectUri}/` }],
    ['is not registered', { redirect_uri: redirectUri.toUpperCase() }],
    ['is not registered', { redirect_uri: `${redirectUri}?x=1` }],
    ['is not registered', { redirect_uri: 'http://127.0.0.1:3000/' }],
    ['must not be repeated', { state: ['a', 'b'] }],
  ])('is answered with a page: %s', async (text, changes) => {
    const response = await ask(changes)
    expect(response.status).toBe(400)
    expect(response.headers).not.toHaveProperty('location')
    expect(response.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    expect(response.headers['content-security-policy']).toContain(`frame-ancestors 'none'`)
    expect(response.body?.replaceAll('&#39;', "'")).toContain(text)
  })

  it('is answered with a page when it is too long to be kept', async () => {
    const long = authorizationQuery({ login_hint: 'x'.repeat(20_000) })
    const answers = [
      await get(peopleServer(), `/authorize?${long}`),
      await post(peopleServer(), long, { path: '/authorize', authorization: null }),
    ]
    for (const { status, headers } of answers) {
      expect(status).toBe(413)
      expect(headers['content-type']).toContain('text/html')
    }
  })

  it('repeats nothing as HTML that the request sent', async () => {
    const response = await ask({ client_id: '<script>alert(1)</script>' })
    expect(response.body).not.toContain('<script>')
    expect(response.body).toContain('&lt;script&gt;')
  })
})

describe('redirect URIs of native clients', () => {
  const native = (uri: string): Partial<Client> => ({
    applicationType: 'native',
    redirectUris: [uri],
  })

  it.each([
    ['http://127.0.0.1/callback', 'http://127.0.0.1:49152/callback'],
    ['http://127.0.0.1:80/callback', 'http://127.0.0.1:49152/callback'],
    ['http://[::1]/callback', 'http://[::1]:1/callback'],
    ['http://localhost/callback?x=1', 'http://localhost:9/callback?x=1'],
    ['http://127.0.0.1', 'http://127.0.0.1:9'],
  ])('%s is called back at any port: %s', async (registered, redirect_uri) => {
    expect(interactionOf(await ask({ redirect_uri }, native(registered)))).toBeDefined()
  })

  it.each([
    ['http://127.0.0.1/callback', 'http://127.0.0.1:49152/other'],
    ['http://127.0.0.1/callback', 'http://localhost:49152/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:49152/callback?x=1'],
    ['http://127.0.0.1/callback', 'https://127.0.0.1:49152/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1.evil.example/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:1@evil.example/callback'],
    ['http://127.0.0.1', 'http://127.0.0.1:123456'],
    ['http://127.0.0.1', 'http://127.0.0.1:65536'],
    ['https://app.example.com/callback', 'https://app.example.com:8443/callback'],
  ])('%s is not called back at %s', async (registered, redirect_uri) => {
    expect((await ask({ redirect_uri }, native(registered))).status).toBe(400)
  })

  it('is an exception for native clients only', async () => {
    const changes = { redirect_uri: 'http://127.0.0.1:49152/callback' }
    const response = await ask(changes, { redirectUris: ['http://127.0.0.1/callback'] })
    expect(response.status).toBe(400)
  })
})

describe('an authorization request that cannot be granted', () => {
  it.each<[name: string, changes: Query, error: string, text: string, client?: Partial<Client>]>([
    ['no response_type', { response_type: undefined }, 'invalid_request', 'response_type'],
    ['implicit', { response_type: 'token' }, 'unsupported_response_type', "use 'code'"],
    ['hybrid', { response_type: 'code id_token' }, 'unsupported_response_type', "use 'code'"],
    ['an unknown response_mode', { response_mode: 'x' }, 'invalid_request', 'form_post'],
    [
      'a client without the grant',
      {},
      'unauthorized_client',
      'authorization_code',
      { allowedGrantTypes: ['refresh_token'] },
    ],
    ['a request object', { request: 'x' }, 'request_not_supported', 'request'],
    ['a request_uri', { request_uri: 'https://x' }, 'request_uri_not_supported', 'request_uri'],
    ['registration', { registration: '{}' }, 'registration_not_supported', 'registration'],
    ['no PKCE', { code_challenge: undefined }, 'invalid_request', 'code_challenge is missing'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request', "use 'S256'"],
    [
      'PKCE without a method',
      { code_challenge_method: undefined },
      'invalid_request',
      "use 'S256'",
    ],
    ['a malformed challenge', { code_challenge: 'x' }, 'invalid_request', '43 characters'],
    [
      'a method without a challenge',
      { code_challenge: undefined },
      'invalid_request',
      'code_challenge',
      { requirePkce: false },
    ],
    ['no scope', { scope: undefined }, 'invalid_request', 'scope is missing'],
    ['an unknown scope', { scope: 'openid unknown' }, 'invalid_scope', "'unknown'"],
    ['a scope of others', { scope: 'pay' }, 'invalid_scope', "'pay'", { allowedScopes: ['read'] }],
    [
      'offline_access',
      { scope: 'read offline_access' },
      'invalid_scope',
      'offline_access',
      { allowOfflineAccess: false },
    ],
    ['a very long scope', { scope: 'x'.repeat(1001) }, 'invalid_scope', '1000'],
    ['a resource that is no URI', { resource: 'invoices' }, 'invalid_target', 'absolute URI'],
    ['a resource with a fragment', { resource: 'urn:x#y' }, 'invalid_target', 'absolute URI'],
    [
      'unknown resources',
      { resource: ['urn:x', 'urn:y', 'urn:invoices'] },
      'invalid_target',
      "'urn:x', 'urn:y'",
    ],
    ['a resource of other scopes', { resource: 'urn:payments' }, 'invalid_target', 'urn:payments'],
    [
      'a resource of others',
      { resource: 'urn:invoices' },
      'invalid_target',
      'urn:invoices',
      { allowedResources: ['urn:payments'] },
    ],
    ['an unknown prompt', { prompt: 'login shout' }, 'invalid_request', "'shout'"],
    ['none and more', { prompt: 'none login' }, 'invalid_request', 'alone'],
    ['a max_age that is no number', { max_age: '-1' }, 'invalid_request', 'max_age'],
    ['an unknown display', { display: 'hologram' }, 'invalid_request', 'display'],
    ['a very long nonce', { nonce: 'x'.repeat(1001) }, 'invalid_request', 'nonce'],
    ['claims that are no JSON', { claims: '{' }, 'invalid_request', 'claims'],
    ['claims that are a list', { claims: '[]' }, 'invalid_request', 'claims'],
    [
      'claims of a wrong shape',
      { claims: '{"userinfo":{"email":1}}' },
      'invalid_request',
      "'email'",
    ],
    ['a hint that is no ID token', { id_token_hint: 'x' }, 'invalid_request', 'id_token_hint'],
    ['prompt=none without a session', { prompt: 'none' }, 'login_required', 'login'],
  ])('is told to the client: %s', async (_, changes, error, text, client) => {
    const response = await ask(changes, client)
    expect(response.status).toBe(303)
    const answer = locationOf(response)
    expect(answer.origin + answer.pathname).toBe(redirectUri)
    expect(parametersOf(answer)).toEqual({
      error,
      error_description: expect.stringContaining(text) as string,
      state: 'the state',
      iss: issuer,
    })
  })

  it('is told to the client also when the store is down', async () => {
    const memory = createMemoryStore()
    const insert = async (): Promise<boolean> => {
      throw new Error('down')
    }
    const server = peopleServer({ store: { ...memory, insert } })
    const answer = locationOf(await get(server, `/authorize?${authorizationQuery()}`))
    expect(parametersOf(answer)).toMatchObject({ error: 'temporarily_unavailable', iss: issuer })
  })
})

describe('defaultScopes', () => {
  it('are taken when a request has no scope', async () => {
    const server = peopleServer({ clients: [{ ...web, defaultScopes: ['openid', 'read'] }] })
    expect(await signInAndRedeem(server, { scope: undefined })).toMatchObject({
      scope: 'openid read',
    })
  })
})

describe('response modes', () => {
  it('fragment: the answer stays in the browser', async () => {
    const answer = await authorizeWith(peopleServer(), { response_mode: 'fragment' })
    expect(answer.search).toBe('')
    expect(Object.fromEntries(new URLSearchParams(answer.hash.slice(1)))).toMatchObject({
      code: expect.any(String) as string,
      state: 'the state',
      iss: issuer,
    })
  })

  it('form_post: the answer is a form that posts itself, or on a click', async () => {
    const server = peopleServer()
    const browser = createBrowser(server)
    await authorizeWith(server, {}, { browser })
    const state = '"><script>alert(1)</script>'
    const query = authorizationQuery({ response_mode: 'form_post', state })
    const response = await browser.get(`/authorize?${query}`)
    expect(response.status).toBe(200)
    expect(response.headers['content-security-policy']).toMatch(/script-src 'sha256-[\w+/=]+'/)
    expect(response.headers['content-security-policy']).not.toContain('unsafe')
    expect(response.body).toContain(`<form method="post" action="${redirectUri}">`)
    expect(response.body).toContain('name="state" value="&quot;&gt;&lt;script&gt;')
    expect(response.body).toContain('<button>')
    const [, code = ''] = /name="code" value="([^"]+)"/.exec(response.body ?? '') ?? []
    expect((await redeem(server, code)).status).toBe(200)
  })

  it('errors take the same way', async () => {
    const response = await ask({ response_mode: 'fragment', scope: 'unknown' })
    expect(locationOf(response).hash).toContain('error=invalid_scope')
  })
})

describe('discovery', () => {
  it('tells what the authorization endpoint knows', async () => {
    const response = await get(peopleServer(), '/.well-known/openid-configuration')
    expect(JSON.parse(response.body ?? '')).toMatchObject({
      authorization_endpoint: `${issuer}/authorize`,
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'fragment', 'form_post'],
      code_challenge_methods_supported: ['S256'],
      prompt_values_supported: ['none', 'login', 'consent', 'select_account', 'create'],
      claims_parameter_supported: true,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      authorization_response_iss_parameter_supported: true,
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      subject_types_supported: ['public'],
    })
  })
})

it('does not take a client secret at the authorization endpoint for a sign of anything', async () => {
  const response = await post(peopleServer(), authorizationQuery({ client_id: undefined }), {
    path: '/authorize',
    authorization: basic('web', 'secret'),
  })
  expect(response.status).toBe(400)
})
