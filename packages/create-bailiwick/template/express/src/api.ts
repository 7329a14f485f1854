import type { RequestListener } from 'node:http'
import express from 'express'
import { createResourceServer } from '@bailiwick/api-sdk'
import type { ResourceServerOptions } from '@bailiwick/api-sdk'
import { guardWith } from '@bailiwick/api-sdk/express'
import { resources } from './resources.js'

/** Whose tokens the API accepts. Tests have an issuer and a clock of their own. */
export type Trust = Pick<ResourceServerOptions, 'issuers' | 'fetch' | 'now'>

/** The API of the invoices. */
export function createApi(trust: Trust): RequestListener {
  const guard = guardWith(createResourceServer({ resource: 'urn:invoices', resources, ...trust }))
  const app = express()
  app.get('/invoices', guard('invoice.read'), (request, response) => {
    const { subject } = guard.auth(request)
    response.json({ subject, invoices: [{ number: 1, amount: 120 }] })
  })
  app.post('/payments', guard('invoice.pay'), (_request, response) => {
    response.sendStatus(204)
  })
  return app
}
