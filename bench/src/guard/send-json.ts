import { Buffer } from 'node:buffer'
import type { ServerResponse } from 'node:http'

/** Answers with JSON, as the frameworks do. */
export function sendJson(response: ServerResponse, value: object): void {
  const body = JSON.stringify(value)
  response
    .writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    })
    .end(body)
}
