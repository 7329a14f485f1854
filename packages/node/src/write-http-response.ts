import type { ServerResponse } from 'node:http'
import type { HttpResponse } from '@bailiwick/protocol'

/** Writes a response and ends it. */
export function writeHttpResponse(
  target: ServerResponse,
  { status, headers, body = '' }: HttpResponse,
): void {
  target.statusCode = status
  for (const [name, value] of Object.entries(headers)) target.setHeader(name, value)
  target.setHeader('content-length', Buffer.byteLength(body))
  target.end(body)
}
