import { createServer, request as sendRequest } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { env } from 'node:process'
import { pipeline } from 'node:stream'
import { buffer } from 'node:stream/consumers'

// Yours is nginx, HAProxy or that of your cloud. This one shows what is asked of it: nothing about sessions.
const { PORT = '5001', NODE_PORTS = '5011 5012' } = env
const nodes = NODE_PORTS.split(' ')

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly body: Buffer
}

/** Gives a request to the first of the nodes that is there. */
function forward(exchange: Exchange, [port, ...others]: readonly string[]): void {
  const { request, response, body } = exchange
  if (port === undefined) {
    response.writeHead(503, { 'retry-after': '1' }).end()
    return
  }
  const { method, url: path, headers, socket } = request
  const forwarded = { ...headers, 'x-forwarded-for': socket.remoteAddress }
  // A connection for each request: one that was kept might be that of a node which has just ended.
  const agent = false
  sendRequest({ host: '127.0.0.1', port, method, path, headers: forwarded, agent })
    .once('response', (upstream) => {
      response.writeHead(upstream.statusCode ?? 502, upstream.headers)
      pipeline(upstream, response, () => undefined)
    })
    .once('error', (error: NodeJS.ErrnoException) => {
      // Nobody read it, so another node may. A node that ended while it worked may have used the code up: the client
      // has to be told, and decides.
      if (error.code === 'ECONNREFUSED') forward(exchange, others)
      else if (response.headersSent) response.destroy()
      else response.writeHead(502).end()
    })
    .end(body)
}

let turn = 0

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request)
  turn = (turn + 1) % nodes.length
  forward({ request, response, body }, [...nodes.slice(turn), ...nodes.slice(0, turn)])
}

const listener = createServer((request, response) => {
  // Whoever broke off in the middle of a request waits for no answer.
  answer(request, response).catch(() => response.destroy())
}).listen(Number(PORT), '127.0.0.1')
process.once('SIGTERM', () => listener.close()).once('SIGINT', () => listener.close())
