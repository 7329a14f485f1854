import { env } from 'node:process'
import { createResourceServer, isApiAuthError, toResponse, user } from '@bailiwick/api-sdk'
import { guardWith } from '@bailiwick/api-sdk/koa'
import { Router } from '@koa/router'
import Koa from 'koa'
import { findInvoice, listInvoices, payInvoice } from './invoices.js'
import { resources } from './resources.js'

const { PORT = '5001', API_PORT = '5002', ISSUER: issuer = `http://127.0.0.1:${PORT}` } = env

// With `resources`, a scope that is misspelt below does not compile.
const api = createResourceServer({ resource: 'urn:invoices', issuers: issuer, resources })
const guard = guardWith(api)

const router = new Router()

router.get('/invoices', guard('invoice.read'), (ctx) => {
  ctx.body = listInvoices()
})

router.post('/invoices/:id/payment', guard('invoice.pay'), (ctx) => {
  const invoice = findInvoice(ctx.params.id ?? '')
  if (invoice === undefined) {
    ctx.status = 404
    ctx.body = { error: 'not_found' }
    return
  }
  // A rule that depends on data: large amounts are for people. What is refused here ends in the error handler.
  if (invoice.amount > 1000) guard.auth(ctx).require(user())
  ctx.body = payInvoice(invoice)
})

const app = new Koa()

// A guard answers for itself; this is for what handlers throw.
app.use(async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    if (isApiAuthError(error)) {
      const { status, headers, body } = toResponse(error)
      ctx.status = status
      ctx.body = body
      for (const [name, value] of Object.entries(headers)) ctx.set(name, [value].flat())
    } else {
      console.error(error)
      ctx.status = 500
      ctx.body = { error: 'server_error' }
    }
  }
})
app.use(router.routes()).use(router.allowedMethods())

const listener = app.listen(Number(API_PORT), '127.0.0.1', () => {
  console.log(`The API is at http://127.0.0.1:${API_PORT}`)
})
const stop = (): void => void listener.close()
process.once('SIGTERM', stop).once('SIGINT', stop)
