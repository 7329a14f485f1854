import { createResourceServer } from '@bailiwick/api-sdk'
import type { Fetch, ResourceServer } from '@bailiwick/api-sdk'
import { guardWith as guardExpress } from '@bailiwick/api-sdk/express'
import { guardWith as guardFetch } from '@bailiwick/api-sdk/fetch'
import { guardWith as guardKoa } from '@bailiwick/api-sdk/koa'
import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import type { AuthorizationServer, Client } from '@bailiwick/core'
import type { ResourceDefinitions } from '@bailiwick/protocol'
import express from 'express'
import Koa from 'koa'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'

const issuer = 'https://id.example.com'
const apiSecret = 'api: 100% secret'
const start = 1_800_000_000

interface World {
  readonly api: ResourceServer
  readonly issue: (clientId: string, scope: string) => Promise<string>
  readonly revoke: (clientId: string, token: string) => Promise<unknown>
  readonly pass: (seconds: number) => void
  readonly paths: readonly string[]
}

const clientOf = (clientId: string, accessTokenType: 'jwt' | 'reference'): Client => ({
  clientId,
  clientSecrets: [{ value: sha256('secret') }],
  allowedGrantTypes: ['client_credentials'],
  allowedScopes: ['invoice.read', 'payment.make'],
  accessTokenType,
})

const createServerAt = (now: () => number): AuthorizationServer =>
  createAuthorizationServer<ResourceDefinitions>({
    issuer,
    now,
    dataKeys: [Buffer.alloc(32, 1).toString('base64')],
    resources: {
      apiScopes: ['invoice.read', 'payment.make'],
      apiResources: [
        {
          name: 'urn:invoices',
          scopes: ['invoice.read'],
          secrets: [{ value: sha256(apiSecret) }],
        },
        { name: 'urn:payments', scopes: ['payment.make'] },
      ],
    },
    clients: [clientOf('handles', 'reference'), clientOf('jwts', 'jwt')],
  })

/** Has a server answer in this process what is sent to its address. */
function fetchFrom(server: AuthorizationServer, paths: string[]): Fetch {
  return async (url, init) => {
    const { pathname } = new URL(url)
    paths.push(pathname)
    const request = new Request(url, init)
    const response = await server.handle({
      method: request.method,
      url: pathname,
      headers: Object.fromEntries(request.headers),
      body: () => request.text(),
    })
    const { status = 404, headers = {}, body = '' } = response ?? {}
    const fields = Object.entries(headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ])
    return new Response(body, { status, headers: fields })
  }
}

/** An API and its server. Nothing but `clientAuth` tells the API about reference tokens. */
function createWorld(secret = apiSecret): World {
  let time = start
  const paths: string[] = []
  const server = createServerAt(() => time)
  const ask = fetchFrom(server, paths)
  const post = async (clientId: string, path: string, form: object): Promise<unknown> => {
    const authorization = `Basic ${Buffer.from(`${clientId}:secret`).toString('base64')}`
    const body = new URLSearchParams({ ...form })
    const init = { method: 'POST', headers: { authorization }, body }
    return (await ask(`${issuer}${path}`, init)).json()
  }
  const api = createResourceServer({
    resource: 'urn:invoices',
    issuers: { issuer, clientAuth: { secret } },
    fetch: ask,
    now: () => time,
  })
  return {
    api,
    paths,
    issue: async (clientId, scope) => {
      const form = { grant_type: 'client_credentials', scope }
      const answer = (await post(clientId, '/token', form)) as Record<string, unknown>
      return String(answer['access_token'])
    },
    revoke: (clientId, token) => post(clientId, '/revoke', { token }),
    pass: (seconds) => {
      time += seconds
    },
  }
}

type Serve = (api: ResourceServer, test: (send: Send) => Promise<void>) => Promise<void>
type Send = (token: string) => Promise<Response>

const withToken = (token: string): RequestInit => ({
  headers: { authorization: `Bearer ${token}` },
})

async function listen(
  listener: RequestListener,
  test: (send: Send) => Promise<void>,
): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => {
    server.once('listening', resolve)
  })
  const { port } = server.address() as AddressInfo
  try {
    await test((token) => fetch(`http://127.0.0.1:${port}/`, withToken(token)))
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

const frameworks: readonly [string, Serve][] = [
  [
    'Express',
    (api, test) => {
      const guard = guardExpress(api)
      const app = express().get('/', guard('invoice.read'), (request, response) => {
        response.json(guard.auth(request).clientId)
      })
      return listen(app, test)
    },
  ],
  [
    'Koa',
    (api, test) => {
      const guard = guardKoa(api)
      const app = new Koa().use(guard('invoice.read')).use((ctx) => {
        ctx.body = JSON.stringify(guard.auth(ctx).clientId)
      })
      return listen(app.callback(), test)
    },
  ],
  [
    'fetch',
    (api, test) => {
      const handle = guardFetch(api)('invoice.read')((_request, auth) =>
        Response.json(auth.clientId),
      )
      return test(async (token) => handle(new Request('https://api.example/', withToken(token))))
    },
  ],
]

describe.each(frameworks)('reference tokens of this server on %s', (_, serve) => {
  it('are accepted, and refused once revoked and no longer kept', async () => {
    const { api, issue, pass, paths, revoke } = createWorld()
    const token = await issue('handles', 'invoice.read payment.make')
    expect(token).toHaveLength(43)
    await serve(api, async (send) => {
      expect(await (await send(token)).json()).toBe('handles')
      expect(await revoke('handles', token)).toEqual({})
      pass(59)
      expect((await send(token)).status).toBe(200)
      pass(1)
      const refused = await send(token)
      expect(refused.status).toBe(401)
      expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"')
    })
    expect(paths.filter((path) => path === '/introspect')).toHaveLength(2)
  })

  it('are refused when they are for another API', async () => {
    const { api, issue } = createWorld()
    const token = await issue('handles', 'payment.make')
    await serve(api, async (send) => {
      expect((await send(token)).status).toBe(401)
    })
  })

  it('are answered with 503 when the secret is wrong', async () => {
    const { api, issue } = createWorld('old secret')
    const token = await issue('handles', 'invoice.read')
    await serve(api, async (send) => {
      const response = await send(token)
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    })
  })

  it('are accepted beside JWTs, about which nobody is asked', async () => {
    const { api, issue, paths } = createWorld()
    const token = await issue('jwts', 'invoice.read')
    await serve(api, async (send) => {
      expect(await (await send(token)).json()).toBe('jwts')
    })
    expect(paths).not.toContain('/introspect')
  })
})

it('a reference token tells an API its own scopes', async () => {
  const { api, issue } = createWorld()
  const auth = await api.verify(await issue('handles', 'invoice.read payment.make'))
  expect(auth).toMatchObject({ issuer, audience: ['urn:invoices', 'urn:payments'] })
  expect([...auth.scopes]).toEqual(['invoice.read'])
})
