import { env } from 'node:process'
import { createResourceServer, isApiAuthError, toResponse, user } from '@bailiwick/api-sdk'
import { guardWith } from '@bailiwick/api-sdk/express'
import express from 'express'
import type { ErrorRequestHandler } from 'express'
import { findInvoice, listInvoices, payInvoice } from './invoices.js'
import { resources } from './resources.js'

const { PORT = '5001', API_PORT = '5002', ISSUER: issuer = `http://127.0.0.1:${PORT}` } = env

// With `resources`, a scope that is misspelt below does not compile.
const api = createResourceServer({ resource: 'urn:invoices', issuers: issuer, resources })
const guard = guardWith(api)

const app = express()

app.get('/invoices', guard('invoice.read'), (_request, response) => {
  response.json(listInvoices())
})

app.post('/invoices/:id/payment', guard('invoice.pay'), (request, response) => {
  const invoice = findInvoice(request.params.id)
  if (invoice === undefined) {
    response.status(404).json({ error: 'not_found' })
    return
  }
  // A rule that depends on data: large amounts are for people. What is refused here ends in the error handler.
  if (invoice.amount > 1000) guard.auth(request).require(user())
  response.json(payInvoice(invoice))
})

// A guard answers for itself; this is for what handlers throw. Express knows it by its four parameters.
const answerError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error)
  } else if (isApiAuthError(error)) {
    const { status, headers, body } = toResponse(error)
    response.status(status).set(headers).send(body)
  } else {
    console.error(error)
    response.status(500).json({ error: 'server_error' })
  }
}
app.use(answerError)

const listener = app.listen(Number(API_PORT), '127.0.0.1', (error) => {
  if (error) throw error
  console.log(`The API is at http://127.0.0.1:${API_PORT}`)
})
const stop = (): void => void listener.close()
process.once('SIGTERM', stop).once('SIGINT', stop)
