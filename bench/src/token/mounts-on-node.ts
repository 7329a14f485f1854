import type { IncomingMessage, ServerResponse } from 'node:http'
import { toNodeListener } from '@bailiwick/node'
import { readForm } from './bare-endpoint.js'
import type { BareEndpoint } from './bare-endpoint.js'
import type { Mounts } from './mounts.js'

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  endpoint: BareEndpoint,
): Promise<void> {
  const body = JSON.stringify(await endpoint(await readForm(request)))
  response.setHeader('content-type', 'application/json')
  response.setHeader('content-length', Buffer.byteLength(body))
  response.end(body)
}

/** Without a framework. */
export const mountsOnNode: Mounts = {
  bailiwick: (handle) => toNodeListener(handle),
  bare: (endpoint) => (request, response) => void answer(request, response, endpoint),
  oidcProvider: (provider) => provider.callback(),
}
