import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { createGuardListener } from '../guard/create-guard-listener.js'
import type { GuardContender } from '../guard/guard-contender.js'
import { createIntrospectionListener } from '../introspection/create-introspection-listener.js'
import type { IntrospectionContender } from '../introspection/introspection-contender.js'
import { createTokenListener } from '../token/create-token-listener.js'
import type { TokenContender } from '../token/token-contender.js'
import { carryOut } from './worker.js'

/** What to serve. */
export type Contender = TokenContender | IntrospectionContender | GuardContender

/** Asks a server process to begin, or how much memory it uses. */
export type ServerOrder =
  | { readonly kind: 'listen'; readonly contender: Contender }
  | { readonly kind: 'memory' }

/** The port it listens on, or the bytes of memory that are resident. */
export type ServerReport = number

function createListener(contender: Contender): Promise<RequestListener> {
  switch (contender.suite) {
    case 'token':
      return createTokenListener(contender)
    case 'introspection':
      return createIntrospectionListener(contender)
    case 'guard':
      return createGuardListener(contender)
  }
}

async function listen(contender: Contender): Promise<number> {
  const server = createServer(await createListener(contender))
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
