import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import process, { argv, stdout } from 'node:process'
import { createResourceServer } from '@bailiwick/api-sdk'

/** An API in a process of its own, which checks access tokens with the keys that it has read from a node. */
const [issuer = '', jwksUri = ''] = argv.slice(2)

const api = createResourceServer({
  resource: 'urn:api',
  issuers: { issuer, jwks: { uri: jwksUri } },
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', headers } = request
  const result = await api.authenticate({ method, url, headers })
  response.writeHead(result.ok ? 200 : result.response.status)
  response.end(result.ok ? '' : JSON.stringify(result.response.headers))
}

const server = createServer((request, response) => void answer(request, response))
await api.ready()
server.listen(0, '127.0.0.1')
await once(server, 'listening')
stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
process.on('disconnect', () => process.exit(0))
