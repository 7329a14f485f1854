import { once } from 'node:events'
import type { Server } from 'node:http'
import { CommandFailure } from '../command-failure.js'
import { urlOf } from './listen-address.js'
import type { ListenAddress } from './listen-address.js'

function explain(error: unknown, { host, port }: ListenAddress): CommandFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const message =
    code === 'EADDRINUSE'
      ? `port ${port} of ${host} is in use: choose another with --port, or 0 for a free one`
      : `cannot listen on port ${port} of ${host} (${code})`
  return new CommandFailure(message, { cause: error })
}

/**
 * Begins to accept connections.
 *
 * @returns the URL, with the port that was picked.
 * @throws CommandFailure when the address cannot be used.
 */
export async function listen(server: Server, address: ListenAddress): Promise<string> {
  try {
    server.listen(address.port, address.host)
    await once(server, 'listening')
  } catch (error) {
    throw explain(error, address)
  }
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : address.port
  return urlOf({ ...address, port })
}
