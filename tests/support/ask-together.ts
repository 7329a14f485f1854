import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'

/** What to have a server do about requests that arrive at the same time. */
export interface TogetherOptions {
  /** The paths to ask for, each on a connection of its own. */
  readonly paths: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
  /** Does the work of a request, and tells when it is done. */
  readonly work: (request: IncomingMessage) => Promise<unknown>
}

/** Opens a connection, and waits until both ends know of it. */
async function open(server: Server): Promise<Socket> {
  const { port } = server.address() as AddressInfo
  const accepted = once(server, 'connection')
  const socket = connect(port, '127.0.0.1')
  await Promise.all([once(socket, 'connect'), accepted])
  return socket
}

/**
 * Sends requests in the same turn of the event loop, so that the server finds all of them in one turn, and returns in
 * which order it has heard of them (`read /path`) and done their work (`done /path`).
 */
export async function askTogether({
  paths,
  headers = {},
  work,
}: TogetherOptions): Promise<readonly string[]> {
  const steps: string[] = []
  const server = createServer(async (request, response) => {
    steps.push(`read ${request.url}`)
    await work(request).finally(() => response.end())
    steps.push(`done ${request.url}`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sockets: Socket[] = []
  for (const _ of paths) sockets.push(await open(server))
  const fields = Object.entries({ host: 'localhost', connection: 'close', ...headers })
  const head = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const answers = sockets.map((socket, index) => {
    socket.write(`GET ${paths[index]} HTTP/1.1\r\n${head}\r\n`)
    return text(socket)
  })
  await Promise.all(answers)
  server.close()
  return steps
}
