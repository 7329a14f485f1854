import type { IncomingMessage } from 'node:http'
import type { RequestFacts } from './resource-server.js'

// Node.js drops all but the first Authorization field from its headers, so that a proxy that looks at the last one
// would see another token than the API.
function authorizationFields(rawHeaders: readonly string[]): readonly string[] {
  return rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization',
  )
}

/** What has to be known about a Node.js request. Its own `url` may lack the path that a router is mounted at. */
export function readNodeRequest(request: IncomingMessage, url: string): RequestFacts {
  const { method = 'GET', headers, rawHeaders } = request
  const fields = authorizationFields(rawHeaders)
  if (fields.length < 2) return { method, url, headers }
  return { method, url, headers: { ...headers, authorization: fields } }
}
