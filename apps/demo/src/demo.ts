import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { Store } from '@bailiwick/core'
import { apiRoutes } from './api-routes.js'
import { chapters } from './chapters.js'
import { customerApi } from './customer-api.js'
import { identityServer } from './identity-server.js'
import { invoiceApi } from './invoice-api.js'
import { peopleRoutes } from './people/people-routes.js'
import { webClient } from './web-client/web-client.js'

/** Where the demo's servers are. */
export interface Origins {
  readonly identity: string
  readonly invoice: string
  readonly customer: string
  /** The web client that people sign in to. */
  readonly web: string
}

/** The running servers. */
export interface Demo {
  readonly origins: Origins
  readonly stop: () => Promise<void>
}

/** Where the demo runs, and what it remembers. */
export interface DemoOptions {
  /** On which ports to listen; 0 picks a free one. */
  readonly ports: { readonly [Name in keyof Origins]: number }
  /** Where the issuer for people keeps its state. Without it: in memory, until the demo stops. */
  readonly store?: Store | undefined
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

/** A server that listens before it is known what it answers: others have to know its port first. */
interface Waiting {
  readonly server: Server
  readonly origin: string
  readonly answerWith: (listener: RequestListener) => void
}

async function listenFirst(port: number): Promise<Waiting> {
  let answer = notReady
  const server = createServer((request, response) => {
    answer(request, response)
  })
  const origin = await listen(server, port)
  return { server, origin, answerWith: (listener) => void (answer = listener) }
}

/**
 * Starts the identity server (Express), the invoice API (Express), the customer API (Koa), and the web client
 * (Express).
 */
export async function startDemo({ ports, store }: DemoOptions): Promise<Demo> {
  const waiting: Waiting[] = []
  const open = async (port: number): Promise<Waiting> => {
    const opened = await listenFirst(port)
    waiting.push(opened)
    return opened
  }
  const stop = async (): Promise<void> => {
    await Promise.all(waiting.map(({ server }) => close(server)))
  }
  try {
    const identity = await open(ports.identity)
    const invoice = await open(ports.invoice)
    const customer = await open(ports.customer)
    const web = await open(ports.web)
    const origins = {
      identity: identity.origin,
      invoice: invoice.origin,
      customer: customer.origin,
      web: web.origin,
    }

    const people = peopleRoutes(origins.identity)
    identity.answerWith(identityServer(chapters, { ...origins, store }))
    invoice.answerWith(
      invoiceApi([...apiRoutes(chapters, 'invoice', origins.identity), ...people.invoice]),
    )
    const koa = customerApi([
      ...apiRoutes(chapters, 'customer', origins.identity),
      ...people.customer,
    ]).callback()
    customer.answerWith((...exchange) => void koa(...exchange))
    web.answerWith(
      webClient({
        issuer: origins.identity,
        origin: origins.web,
        apis: [
          { name: 'Invoices', url: `${origins.invoice}/invoices` },
          { name: 'Customers', url: `${origins.customer}/customers` },
        ],
      }),
    )
    return { origins, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
