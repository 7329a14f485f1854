import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import express from 'express'
import type { Request, Response } from 'express'
import { guardWith } from '../../src/express.js'
import { createMcpResourceServer, passAuthInfo } from '../../src/mcp.js'

const api = createMcpResourceServer({
  resource: 'https://mcp.example.com/mcp',
  issuers: 'https://id.example.com',
})
const guard = guardWith(api)

function createTools(): McpServer {
  const server = new McpServer({ name: 'invoices', version: '1.0.0' })
  server.registerTool('whoami', {}, ({ authInfo }) => ({
    content: [{ type: 'text', text: authInfo?.clientId ?? 'nobody' }],
  }))
  return server
}

async function serveTools(request: Request, response: Response): Promise<void> {
  const transport = new StreamableHTTPServerTransport()
  await createTools().connect(transport)
  await transport.handleRequest(request, response, request.body)
}

export const app = express()
app.use(guard.metadata())
app.use('/mcp', guard('tools.call'), passAuthInfo(guard, api), express.json())
app.use('/mcp', (request, response) => serveTools(request, response))
