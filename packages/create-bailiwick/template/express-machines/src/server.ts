import type { RequestListener } from 'node:http'
import express from 'express'
import { bailiwick } from '@bailiwick/express'
import { server } from './authorization-server.js'

/** The server as an application of Express. */
export const createServer = (): RequestListener => express().use(bailiwick(server.handle))
