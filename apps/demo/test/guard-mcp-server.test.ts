import { createMcpResourceServer, passAuthInfo } from '@bailiwick/api-sdk/mcp'
import { guardWith } from '@bailiwick/api-sdk/express'
import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import { bailiwick } from '@bailiwick/express'
import { ClientCredentialsProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import express from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listening } from '../../../tests/support/listening.js'
import type { Listening } from '../../../tests/support/listening.js'

let issuer: Listening
let mcp: Listening
beforeAll(async () => {
  mcp = await listening(async (origin) => {
    const resource = `${origin}/mcp`
    issuer = await listening((url) =>
      express().use(
        bailiwick(
          createAuthorizationServer({
            issuer: url,
            resources: {
              apiScopes: ['tools.call'],
              apiResources: [{ name: resource, scopes: ['tools.call'] }],
            },
            clients: [
              {
                clientId: 'agent',
                clientSecrets: [{ value: sha256('secret') }],
                allowedGrantTypes: ['client_credentials'],
                allowedScopes: ['tools.call'],
              },
            ],
          }).handle,
        ),
      ),
    )
    const api = createMcpResourceServer({ resource, issuers: issuer.url })
    const guard = guardWith(api)
    return (
      express()
        .use(guard.metadata())
        // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 awaits its handlers
        .use('/mcp', guard('tools.call'), passAuthInfo(guard, api), async (request, response) => {
          const server = new McpServer({ name: 'test', version: '1.0.0' })
          server.registerTool('whoami', {}, ({ authInfo }) => ({
            content: [{ type: 'text', text: `${authInfo?.clientId} ${authInfo?.resource?.href}` }],
          }))
          const transport = new StreamableHTTPServerTransport()
          await server.connect(transport)
          await transport.handleRequest(request, response)
        })
    )
  })
})
afterAll(() => {
  issuer.close()
  mcp.close()
})

const connect = async (clientSecret: string): Promise<Client> => {
  const client = new Client({ name: 'test', version: '1.0.0' })
  const authProvider = new ClientCredentialsProvider({
    clientId: 'agent',
    clientSecret,
    expectedIssuer: issuer.url,
  })
  const url = new URL('/mcp', mcp.url)
  await client.connect(new StreamableHTTPClientTransport(url, { authProvider }))
  return client
}

it('leads a client of the MCP SDK from the challenge to its issuer and back with a token', async () => {
  const client = await connect('secret')
  const { content } = await client.callTool({ name: 'whoami' })
  await client.close()
  expect(content).toEqual([{ type: 'text', text: `agent ${mcp.url}/mcp` }])
})

it('lets no client pass to whom the issuer gives no token', async () => {
  await expect(connect('wrong')).rejects.toThrow('client authentication failed')
})
