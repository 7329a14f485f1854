import { createResourceServer } from '@bailiwick/api-sdk'
import { guardWith } from '@bailiwick/api-sdk/express'
import cors from 'cors'
import express from 'express'
import { apiUrl, issuer, ports, webUrl } from './addresses.js'

const guard = guardWith(createResourceServer({ resource: 'urn:invoices', issuers: issuer }))

const app = express()
// Before the guard: browsers ask first whether they may send a token, and that question has none.
app.use(cors({ origin: webUrl, allowedHeaders: ['authorization'] }))
app.get('/invoices', guard('invoice.read'), (request, response) => {
  response.json([{ id: '1', customer: guard.auth(request).subject, amount: 120 }])
})

const listener = app.listen(ports.api, '127.0.0.1', (error) => {
  if (error) throw error
  console.log(`The API is at ${apiUrl}`)
})
process.once('SIGTERM', () => listener.close()).once('SIGINT', () => listener.close())
