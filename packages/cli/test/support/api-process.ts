import type { IncomingMessage, ServerResponse } from 'node:http'
import { argv } from 'node:process'
import { createResourceServer } from '@bailiwick/api-sdk'
import { listenForParent } from './listen-for-parent.js'
import { quickClock } from './quick-clock.js'

// An API in a process of its own, which checks access tokens with the keys that it has read from a node.
const [start, issuer = '', jwksUri = ''] = argv.slice(2)

const api = createResourceServer({
  resource: 'urn:api',
  issuers: { issuer, jwks: { uri: jwksUri } },
  // It looks for no key that it does not know: every key has to be announced before it signs.
  jwks: { cooldown: 86_400 },
  now: quickClock(Number(start)),
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', headers } = request
  const result = await api.authenticate({ method, url, headers })
  response.writeHead(result.ok ? 200 : result.response.status)
  response.end(result.ok ? '' : result.error.code)
}

await api.ready()
await listenForParent((request, response) => void answer(request, response))
