import type { IncomingMessage } from 'node:http'
import { readBody, readParsedBody } from '@bailiwick/protocol'
import type { HttpRequest } from '@bailiwick/protocol'

/** How to read a Node.js request. */
export interface ToHttpRequestOptions {
  /** Path and query below the mount point. */
  readonly url: string
  /** What an earlier body parser made of the body, if one ran. */
  readonly parsedBody?: unknown
  /** The address of the client, where the framework knows it better than the socket. */
  readonly remoteAddress?: string | undefined
}

function bodyOf(message: IncomingMessage, parsedBody: unknown): Promise<string> {
  if (message.readableEnded) return readParsedBody(parsedBody)
  // A body that is too large is left where it is, so that the answer can still be written.
  return readBody(message.iterator({ destroyOnReturn: false }))
}

/** Makes the plain request that handlers consume. The body stays unread until a handler asks for it. */
export function toHttpRequest(
  message: IncomingMessage,
  { url, parsedBody, remoteAddress = message.socket.remoteAddress }: ToHttpRequestOptions,
): HttpRequest {
  const { method = 'GET', headers } = message
  return {
    method,
    url,
    headers,
    body: () => bodyOf(message, parsedBody),
    ...(remoteAddress !== undefined && { remoteAddress }),
  }
}
