import type { RequestListener } from 'node:http'
import express from 'express'
import { bailiwick } from '@bailiwick/express'
import { server, ui } from './authorization-server.js'

/** The server and its pages as an application of Express. */
export const createServer = (): RequestListener =>
  express().use(bailiwick(ui)).use(bailiwick(server.handle))
