import express from 'express'
import { createResourceServer } from '../../src/index.js'
import { guardWith } from '../../src/express.js'

const api = createResourceServer({
  resource: 'https://api.example.com',
  issuers: 'https://id.example.com',
  dpop: 'require',
})
const guard = guardWith(api)

export const app = express().get('/invoices', guard('invoice.read'), (request, response) => {
  const { subject, binding } = guard.auth(request)
  response.json({ invoicesFor: subject, provenBy: binding.kind })
})
