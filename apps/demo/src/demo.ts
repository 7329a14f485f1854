import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { apiRoutes } from './api-routes.js'
import { chapters } from './chapters.js'
import { customerApi } from './customer-api.js'
import { identityServer } from './identity-server.js'
import { invoiceApi } from './invoice-api.js'

/** Where the demo's servers are. */
export interface Origins {
  readonly identity: string
  readonly invoice: string
  readonly customer: string
}

/** The running servers. */
export interface Demo {
  readonly origins: Origins
  readonly stop: () => Promise<void>
}

/** On which ports to listen; 0 picks a free one. */
export interface DemoOptions {
  readonly ports: { readonly [Name in keyof Origins]: number }
}

const host = '127.0.0.1'

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      resolve(`http://${host}:${typeof address === 'object' ? (address?.port ?? port) : port}`)
    })
  })
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })

const notReady: RequestListener = (_request, response) => {
  response.writeHead(503).end()
}

/** Starts the identity server (Express), the invoice API (Express) and the customer API (Koa). */
export async function startDemo({ ports }: DemoOptions): Promise<Demo> {
  const servers: Server[] = []
  const start = async (listener: RequestListener, port: number): Promise<string> => {
    const server = createServer(listener)
    servers.push(server)
    return listen(server, port)
  }
  // The issuers hold the port of the identity server, so it listens before it knows what to answer.
  let answer = notReady
  const identity = await start((request, response) => {
    answer(request, response)
  }, ports.identity)
  answer = identityServer(chapters, identity)

  const invoice = await start(invoiceApi(apiRoutes(chapters, 'invoice', identity)), ports.invoice)
  const koa = customerApi(apiRoutes(chapters, 'customer', identity)).callback()
  const customer = await start((...exchange) => void koa(...exchange), ports.customer)
  return {
    origins: { identity, invoice, customer },
    stop: async () => {
      await Promise.all(servers.map(close))
    },
  }
}
