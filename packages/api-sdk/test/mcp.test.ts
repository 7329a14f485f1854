import {
  discoverOAuthProtectedResourceMetadata,
  extractWWWAuthenticateParams,
} from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import express from 'express'
import { createServer, IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guardWith } from '../src/express.js'
import { guardWith as guardFetch } from '../src/fetch.js'
import type { ResourceServer } from '../src/index.js'
import { createMcpResourceServer, passAuthInfo, toAuthInfo } from '../src/mcp.js'
import { createKey, issuer, now, tokenOf } from './support/test-issuer.js'

const key = createKey('ES256', 'k1')
const unknownClients = { mayLack: ['client_id'] } as const

const createApi = (resource: string): ResourceServer =>
  createMcpResourceServer({
    resource,
    issuers: { issuer, jwks: { keys: [key.jwk] }, tokenShape: unknownClients },
    now: () => now,
  })

/** An MCP server with one tool, which tells what it is told about its caller. */
function createTools(tell: (authInfo: AuthInfo | undefined) => unknown): McpServer {
  const server = new McpServer({ name: 'test', version: '1.0.0' })
  server.registerTool('whoami', {}, ({ authInfo }) => ({
    content: [{ type: 'text', text: JSON.stringify(tell(authInfo)) }],
  }))
  return server
}

const told: (AuthInfo | undefined)[] = []
const remember = (authInfo: AuthInfo | undefined): unknown => {
  told.push(authInfo)
  return authInfo?.clientId
}

const server = createServer()
let url: string
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  url = `http://127.0.0.1:${port}/mcp`
  const api = createApi(url)
  const guard = guardWith(api)
  const app = express().use(guard.metadata())
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 awaits its handlers
  app.use('/mcp', guard('read'), passAuthInfo(guard, api), async (request, response) => {
    const transport = new StreamableHTTPServerTransport()
    await createTools(remember).connect(transport)
    await transport.handleRequest(request, response)
  })
  app.use('/open', passAuthInfo(guard, api))
  server.on('request', app)
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const tokenFor = (claims: Record<string, unknown> = {}): string =>
  tokenOf(key, { aud: url, ...claims })

async function callTool(
  token: string,
  options: Pick<
    NonNullable<ConstructorParameters<typeof StreamableHTTPClientTransport>[1]>,
    'fetch'
  > = {},
): Promise<unknown> {
  const client = new Client({ name: 'test', version: '1.0.0' })
  const headers = { authorization: `Bearer ${token}` }
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers },
    ...options,
  })
  await client.connect(transport)
  try {
    return (await client.callTool({ name: 'whoami' }))['content']
  } finally {
    await client.close()
  }
}

describe('an MCP server on Express', () => {
  it('tells its tools who calls', async () => {
    const token = tokenFor({ scope: 'read write', sub: 'alice' })
    expect(await callTool(token)).toEqual([{ type: 'text', text: '"web"' }])
    const { extra, ...others } = told.at(-1) ?? {}
    expect(others).toEqual({
      token,
      clientId: 'web',
      scopes: ['read', 'write'],
      expiresAt: now + 300,
      resource: new URL(url),
    })
    expect(extra).toMatchObject({ auth: { subject: 'alice', issuer } })
  })

  it('refuses clients of the SDK that have a token for another server', async () => {
    const token = tokenFor({ aud: 'https://other.example.com' })
    await expect(callTool(token)).rejects.toMatchObject({ code: 401 })
  })

  it('refuses clients of the SDK that have too few scopes', async () => {
    await expect(callTool(tokenFor({ scope: 'other' }))).rejects.toMatchObject({ code: 403 })
  })

  it('leads clients of the SDK from the challenge to the metadata', async () => {
    const response = await fetch(url, { method: 'POST' })
    const { resourceMetadataUrl, scope, error } = extractWWWAuthenticateParams(response)
    expect([response.status, scope, error]).toEqual([401, 'read', undefined])
    const metadata = await discoverOAuthProtectedResourceMetadata(url, {
      resourceMetadataUrl: resourceMetadataUrl ?? 'https://nowhere.example.com',
    })
    expect(metadata).toMatchObject({ resource: url, authorization_servers: [issuer] })
  })

  it.each(['/.well-known/oauth-protected-resource/mcp', '/.well-known/oauth-protected-resource'])(
    'P04 serves the metadata at %s, where clients of the SDK look without a challenge',
    async (path) => {
      const response = await fetch(new URL(path, url))
      expect(await response.json()).toMatchObject({ resource: url })
    },
  )

  it('H04 lets nobody pass where there is no guard', async () => {
    expect((await fetch(new URL('/open', url))).status).toBe(500)
  })

  it('H05 tells nothing that somebody else has written into the request', async () => {
    const api = createApi(url)
    const auth = await api.verify(tokenFor())
    const request = Object.assign(new IncomingMessage(new Socket()), {
      auth: { token: '', clientId: 'forged', scopes: [] },
    })
    const guard = { auth: () => auth }
    passAuthInfo(guard, api)(request, undefined, () => undefined)
    expect(request.auth.clientId).toBe('web')
  })
})

describe('an MCP server on fetch', () => {
  it('tells its tools who calls', async () => {
    const api = createApi(url)
    const handle = guardFetch(api)('read')(async (request, auth) => {
      const transport = new WebStandardStreamableHTTPServerTransport()
      await createTools(remember).connect(transport)
      return transport.handleRequest(request, { authInfo: toAuthInfo(auth, api) })
    })
    const fetchLocally = async (address: string | URL, init?: RequestInit): Promise<Response> =>
      handle(new Request(address, init))
    expect(await callTool(tokenFor({ client_id: 'worker' }), { fetch: fetchLocally })).toEqual([
      { type: 'text', text: '"worker"' },
    ])
  })
})

describe('toAuthInfo', () => {
  const authOf = async (
    claims: Record<string, unknown>,
    audience: readonly [string, ...string[]],
  ) => {
    const api = createMcpResourceServer({
      resource: url,
      audience,
      issuers: { issuer, jwks: { keys: [key.jwk] }, tokenShape: unknownClients },
      now: () => now,
    })
    return { api, auth: await api.verify(tokenFor(claims)) }
  }

  it('does not say that a token is for this server when it names it otherwise', async () => {
    const { api, auth } = await authOf({ aud: 'urn:mcp' }, ['urn:mcp'])
    expect(toAuthInfo(auth, api)).not.toHaveProperty('resource')
  })

  it('makes nobody the client of a token that names none', async () => {
    const { api, auth } = await authOf({ client_id: undefined }, [url])
    expect(() => toAuthInfo(auth, api)).toThrow('a token names no client')
  })
})

describe('createMcpResourceServer', () => {
  it('needs a resource whose metadata clients can find', () => {
    expect(() => createMcpResourceServer({ resource: 'urn:mcp', issuers: issuer })).toThrow(
      'an http(s) URL is needed',
    )
  })

  it('follows the profile of MCP and no other', () => {
    const options = { resource: 'https://mcp.example.com', issuers: issuer }
    const weaker: object = { profile: 'legacy' }
    expect(() => createMcpResourceServer({ ...options, ...weaker })).toThrow('profile')
    const api = createMcpResourceServer(options)
    expect(() => api.requirement('offline_access')).toThrow('offline_access')
  })
})
