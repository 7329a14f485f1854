import { createServer } from 'node:http'
import { createTokenListener } from '../token/create-token-listener.js'
import type { TokenContender } from '../token/token-contender.js'
import { carryOut } from './worker.js'

/** What to serve. */
export type Contender = TokenContender

/** Asks a server process to begin, or how much memory it uses. */
export type ServerOrder =
  | { readonly kind: 'listen'; readonly contender: Contender }
  | { readonly kind: 'memory' }

/** The port it listens on, or the bytes of memory that are resident. */
export type ServerReport = number

async function listen(contender: Contender): Promise<number> {
  const server = createServer(await createTokenListener(contender))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port')
  return address.port
}

async function execute(order: ServerOrder): Promise<ServerReport> {
  switch (order.kind) {
    case 'listen':
      return listen(order.contender)
    case 'memory':
      return process.memoryUsage.rss()
  }
}

carryOut(execute)
