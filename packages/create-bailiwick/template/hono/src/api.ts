import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { createResourceServer } from '@bailiwick/api-sdk'
import type { ResourceServerOptions } from '@bailiwick/api-sdk'
import { guardWith } from '@bailiwick/api-sdk/fetch'
import { resources } from './resources.js'

/** Whose tokens the API accepts. Tests have an issuer and a clock of their own. */
export type Trust = Pick<ResourceServerOptions, 'issuers' | 'fetch' | 'now'>

/** The API of the invoices. */
export function createApi(trust: Trust): RequestListener {
  const guard = guardWith(createResourceServer({ resource: 'urn:invoices', resources, ...trust }))
  const listInvoices = guard('invoice.read')((_request, { subject }) =>
    Response.json({ subject, invoices: [{ number: 1, amount: 120 }] }),
  )
  const pay = guard('invoice.pay')(() => new Response(null, { status: 204 }))
  const app = new Hono()
  app.get('/invoices', ({ req }) => listInvoices(req.raw))
  app.post('/payments', ({ req }) => pay(req.raw))
  return getRequestListener(app.fetch)
}
