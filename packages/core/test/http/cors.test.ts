import type { HttpResponse } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import type { AuthorizationServer } from '../../src/index.js'
import { createEndpoints } from '../../src/endpoints/index.js'
import { answerWithCors } from '../../src/http/cors.js'
import { resolveOptions } from '../../src/options.js'
import { basic, client, issuer, signingKeys, testServer } from '../support/server.js'

const app = 'https://app.example.com'

const server = (): AuthorizationServer =>
  testServer({
    clients: [
      client,
      { ...client, clientId: 'app', allowedCorsOrigins: [app] },
      {
        ...client,
        clientId: 'off',
        enabled: false,
        allowedCorsOrigins: ['https://off.example.com'],
      },
    ],
  })

async function send(
  method: string,
  url: string,
  {
    headers = {},
    body = '',
  }: { readonly headers?: Record<string, string>; readonly body?: string },
): Promise<HttpResponse> {
  const response = await server().handle({ method, url, headers, body: async () => body })
  if (response === undefined) throw new Error('no endpoint')
  return response
}

const token = (origin?: string, authorization = basic('client', 'secret')) =>
  send('POST', '/token', {
    headers: {
      authorization,
      'content-type': 'application/x-www-form-urlencoded',
      ...(origin !== undefined && { origin }),
    },
    body: 'grant_type=client_credentials',
  })

const preflight = (url: string, origin: string) =>
  send('OPTIONS', url, { headers: { origin, 'access-control-request-method': 'POST' } })

const corsOf = ({ headers }: HttpResponse) =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => /^(?:access-control-.*|vary)$/.test(name)),
  )

const permitted = {
  'access-control-allow-origin': app,
  'access-control-expose-headers': 'www-authenticate, dpop-nonce',
  vary: 'origin',
}

describe('a script of an origin that a client lists', () => {
  it('may read the token response, and no cookie goes with it', async () => {
    const response = await token(app)
    expect(response.status).toBe(200)
    expect(corsOf(response)).toEqual(permitted)
  })

  it.each<[string, number, () => Promise<HttpResponse>]>([
    ['a client that fails to authenticate', 401, () => token(app, basic('client', 'wrong'))],
    ['userinfo without a token', 401, () => send('GET', '/userinfo', { headers: { origin: app } })],
    [
      'a method that is not allowed',
      405,
      () => send('PUT', '/token', { headers: { origin: app } }),
    ],
  ])('may read the error of %s', async (_, status, request) => {
    const response = await request()
    expect(response.status).toBe(status)
    expect(corsOf(response)).toEqual(permitted)
  })

  it.each([
    ['/token', 'POST'],
    ['/userinfo', 'GET, POST'],
  ])('is told before what it may send to %s', async (url, methods) => {
    const response = await preflight(url, app)
    expect(response).toEqual({
      status: 204,
      headers: {
        ...permitted,
        'access-control-allow-methods': methods,
        'access-control-allow-headers': 'authorization, content-type, dpop',
        'access-control-max-age': '7200',
      },
    })
  })
})

describe('a script of another origin', () => {
  it.each([
    ['of nobody', 'https://evil.example.com'],
    ['of a disabled client', 'https://off.example.com'],
    ['of another scheme', 'http://app.example.com'],
    ['of another port', `${app}:8443`],
    ['that only begins alike', `${app}.evil.example.com`],
    ['in other letters', 'https://APP.example.com'],
    ['of a sandboxed frame', 'null'],
  ])('%s is answered without permission', async (_, origin) => {
    const response = await token(origin)
    expect(response.status).toBe(200)
    expect(corsOf(response)).toEqual({})
    expect(await preflight('/token', origin)).toEqual({ status: 204, headers: {} })
  })
})

describe('what is no call of a script', () => {
  it('gets no such headers', async () => {
    expect(corsOf(await token())).toEqual({})
  })

  it('may not use OPTIONS', async () => {
    const response = await send('OPTIONS', '/token', { headers: { origin: app } })
    expect(response).toMatchObject({ status: 405, headers: { allow: 'POST' } })
  })
})

describe('what every script may read', () => {
  it.each(['/.well-known/openid-configuration', '/.well-known/jwks.json'])('is %s', async (url) => {
    const anybody = { 'access-control-allow-origin': '*' }
    expect(corsOf(await send('GET', url, {}))).toEqual(anybody)
    expect(corsOf(await send('GET', url, { headers: { origin: app } }))).toEqual(anybody)
    expect(corsOf(await send('POST', url, {}))).toEqual(anybody)
    expect(await preflight(url, 'https://evil.example.com')).toMatchObject({
      status: 204,
      headers: { ...anybody, 'access-control-allow-methods': 'GET' },
    })
  })
})

describe('what no script may read', () => {
  it.each(['/authorize', '/resume', '/end_session'])(
    'is %s, for browsers go there themselves',
    async (url) => {
      expect(corsOf(await send('GET', url, { headers: { origin: app } }))).toEqual({})
      expect((await preflight(url, app)).status).toBe(405)
    },
  )

  it('is every endpoint but these', () => {
    const { context, endpointOptions } = resolveOptions({
      issuer,
      resources: {},
      clients: [],
      signingKeys,
    })
    const open = createEndpoints(endpointOptions, context).filter(({ cors }) => cors !== 'none')
    expect(open.map(({ path, cors }) => `${cors} ${path}`)).toEqual([
      'clients /token',
      'clients /userinfo',
      'clients /revoke',
      'public /.well-known/jwks.json',
      'public /.well-known/openid-configuration',
      'public /.well-known/oauth-authorization-server',
    ])
  })
})

describe('an origin that cannot be looked up', () => {
  it('fails the request with 503 before anything is used up', async () => {
    const cause = new Error('down')
    const clients = {
      find: async () => undefined,
      hasCorsOrigin: async () => {
        throw cause
      },
    }
    const request = {
      method: 'POST',
      url: '/token',
      headers: { origin: app },
      body: async () => '',
    }
    const answered: string[] = []
    const answer = async () => {
      answered.push('/token')
      return { status: 200, headers: {} }
    }
    const received = { policy: 'clients', methods: ['POST'], request } as const
    await expect(answerWithCors(received, answer, { clients })).rejects.toMatchObject({
      code: 'temporarily_unavailable',
      headers: { 'retry-after': '5' },
      cause,
    })
    expect(answered).toEqual([])
  })

  it('is not looked up for those who are no script, nor where all may or none', async () => {
    const clients = {
      find: async () => undefined,
      hasCorsOrigin: async () => {
        throw new Error('looked up')
      },
    }
    const answer = async () => ({ status: 200, headers: {} })
    for (const [policy, headers] of [
      ['clients', {}],
      ['public', { origin: app }],
      ['none', { origin: app }],
    ] as const) {
      const request = { method: 'POST', url: '/token', headers, body: async () => '' }
      const received = { policy, methods: ['POST'], request }
      expect((await answerWithCors(received, answer, { clients })).status).toBe(200)
    }
  })
})
