import { createServer, request as send } from 'node:http'
import type { IncomingMessage, RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { GuardedApp, TestResponse } from './guarded-app.js'

async function readResponse(message: IncomingMessage): Promise<TestResponse> {
  let body = ''
  for await (const chunk of message.setEncoding('utf8')) body += String(chunk)
  const headers = Object.entries(message.headers).map(([name, value]) => [
    name,
    [value].flat().join(', '),
  ])
  return {
    status: message.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    challenges: message.headersDistinct['www-authenticate'] ?? [],
    body,
  }
}

function groupHeaders(headers: readonly (readonly [string, string])[]): Record<string, string[]> {
  const grouped: Record<string, string[]> = {}
  for (const [name, value] of headers) (grouped[name.toLowerCase()] ??= []).push(value)
  return grouped
}

/** Serves a listener on a free port. */
export async function listen(listener: RequestListener): Promise<GuardedApp> {
  // Large enough for tokens that the guard, and not Node.js, has to refuse.
  const server = createServer({ maxHeaderSize: 64 * 1024 }, listener)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    send: ({ method = 'GET', path = '/', headers = [], body }) =>
      new Promise((resolve, reject) => {
        const { host, ...others } = groupHeaders(headers)
        const options = { host: '127.0.0.1', port, method, path, agent: false as const }
        const fields = {
          ...others,
          ...(host !== undefined && { host: host[0] }),
          // Node.js would not tell where the body of a GET request ends.
          ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
        }
        send({ ...options, headers: fields }, (message) => {
          readResponse(message).then(resolve, reject)
        })
          .on('error', reject)
          .end(body)
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
      }),
  }
}
