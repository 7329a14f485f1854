import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'

/** What a fetch runtime hands a handler for a request. */
function toRequest(message: IncomingMessage): Request {
  const { method = 'GET', url = '/', rawHeaders } = message
  const headers = new Headers()
  for (let at = 0; at < rawHeaders.length; at += 2) {
    headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
  }
  const isBodiless = method === 'GET' || method === 'HEAD'
  return new Request(new URL(url, 'http://localhost'), {
    method,
    headers,
    ...(!isBodiless && { body: Readable.toWeb(message) as ReadableStream, duplex: 'half' }),
  })
}

async function write(response: Response, target: ServerResponse): Promise<void> {
  target.setHeaders(response.headers)
  target.writeHead(response.status)
  target.end(Buffer.from(await response.arrayBuffer()))
}

/** A fetch runtime in a few lines, because Node.js has none of its own. */
export function serveFetch(fetch: (request: Request) => Promise<Response>): Server {
  return createServer((message, target) => {
    void fetch(toRequest(message)).then((response) => write(response, target))
  })
}
