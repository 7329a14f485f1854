import type { RequestListener } from 'node:http'
import Koa from 'koa'
import { bailiwick } from '@bailiwick/koa'
import { server, ui } from './authorization-server.js'

/** The server and its pages as an application of Koa. */
export const createServer = (): RequestListener =>
  new Koa().use(bailiwick(ui)).use(bailiwick(server.handle)).callback()
