import { defineResources } from '@bailiwick/protocol'
import express from 'express'
import { guardWith } from '../../src/express.js'
import {
  all,
  authorizationDetails,
  createResourceServer,
  role,
  scopePattern,
  stepUp,
  user,
} from '../../src/index.js'

const resources = defineResources({
  apiScopes: ['invoice.read', 'invoice.pay', { name: 'transaction', parameter: {} }],
  apiResources: [{ name: 'urn:invoices', scopes: ['invoice.read', 'invoice.pay', 'transaction'] }],
})
const api = createResourceServer({
  resource: 'urn:invoices',
  issuers: 'https://id.example.com',
  resources,
})
const guard = guardWith(api)

const mayPay = all('invoice.pay', user(), role('accountant'), stepUp({ maxAge: 300 }))

export const app = express()
  .get('/invoices', guard('invoice.read'), (request, response) => {
    response.json({ invoicesFor: guard.auth(request).subject })
  })
  .post('/payments/:amount', guard(mayPay), (request, response) => {
    const wanted = Number(request.params.amount)
    const isEnough = authorizationDetails('payment', ({ amount }) => Number(amount) >= wanted)
    guard.auth(request).require(isEnough)
    response.json({ paid: wanted })
  })
  .get('/transactions/:id', guard(), (request, response) => {
    guard.auth(request).require(scopePattern('transaction:*', request.params.id))
    response.json({ transaction: request.params.id })
  })
