import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { bailiwick } from '@bailiwick/fetch'
import { server } from './authorization-server.js'

/** The server as an application of Hono. */
export function createServer(): RequestListener {
  const answer = bailiwick(server.handle)
  const app = new Hono().mount('/', answer)
  return getRequestListener(app.fetch)
}
