import type { RequestListener } from 'node:http'
import Koa from 'koa'
import { bailiwick } from '@bailiwick/koa'
import { server } from './authorization-server.js'

/** The server as an application of Koa. */
export const createServer = (): RequestListener =>
  new Koa().use(bailiwick(server.handle)).callback()
