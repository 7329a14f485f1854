import type { RequestListener } from 'node:http'
import { getConnInfo } from '@hono/node-server/conninfo'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { bailiwick } from '@bailiwick/fetch'
import { server, ui } from './authorization-server.js'

/** The server and its pages as an application of Hono. */
export function createServer(): RequestListener {
  const app = new Hono()
  app.all('*', (context) => {
    // By it the server limits how often somebody guesses passwords. Behind a proxy it is the address of the proxy.
    const remoteAddress = () => getConnInfo(context).remote.address
    const fallback = bailiwick(server.handle, { remoteAddress })
    return bailiwick(ui, { remoteAddress, fallback })(context.req.raw)
  })
  return getRequestListener(app.fetch)
}
