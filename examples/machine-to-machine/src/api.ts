import { createResourceServer } from '@bailiwick/api-sdk'
import { guardWith } from '@bailiwick/api-sdk/express'
import express from 'express'
import { apiPort, apiUrl, issuer } from './addresses.js'

const guard = guardWith(createResourceServer({ resource: 'urn:invoices', issuers: issuer }))

const app = express()
app.get('/invoices/:id', guard('invoice.read'), (request, response) => {
  response.json({ id: request.params.id, readBy: guard.auth(request).clientId })
})

const listener = app.listen(apiPort, '127.0.0.1', (error) => {
  if (error) throw error
  console.log(`The API is at ${apiUrl}`)
})
process.once('SIGTERM', () => listener.close()).once('SIGINT', () => listener.close())
