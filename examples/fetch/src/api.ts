import { env } from 'node:process'
import { createResourceServer, user } from '@bailiwick/api-sdk'
import { guardWith } from '@bailiwick/api-sdk/fetch'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { findInvoice, listInvoices, payInvoice } from './invoices.js'
import { resources } from './resources.js'

const { PORT = '5001', API_PORT = '5002', ISSUER: issuer = `http://127.0.0.1:${PORT}` } = env

// With `resources`, a scope that is misspelt below does not compile.
const api = createResourceServer({ resource: 'urn:invoices', issuers: issuer, resources })
const guard = guardWith(api)

// A guard takes a handler of Request and Response. What it is called with besides the request, it passes on.
const list = guard('invoice.read')((_request, _auth, context: Context) =>
  context.json(listInvoices()),
)

const pay = guard('invoice.pay')((_request, auth, context: Context) => {
  const invoice = findInvoice(context.req.param('id') ?? '')
  if (invoice === undefined) return context.json({ error: 'not_found' }, 404)
  // A rule that depends on data: large amounts are for people. The guard answers what is refused here.
  if (invoice.amount > 1000) auth.require(user())
  return context.json(payInvoice(invoice))
})

const app = new Hono()
app.get('/invoices', (context) => list(context.req.raw, context))
app.post('/invoices/:id/payment', (context) => pay(context.req.raw, context))
app.onError((error, context) => {
  console.error(error)
  return context.json({ error: 'server_error' }, 500)
})

const listener = serve({ fetch: app.fetch, port: Number(API_PORT), hostname: '127.0.0.1' }, () =>
  console.log(`The API is at http://127.0.0.1:${API_PORT}`),
)
const stop = (): void => void listener.close()
process.once('SIGTERM', stop).once('SIGINT', stop)
