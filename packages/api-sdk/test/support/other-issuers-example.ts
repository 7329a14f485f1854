import express from 'express'
import { claim, createResourceServer, role } from '../../src/index.js'
import { guardWith } from '../../src/express.js'
import { auth0, keycloak } from '../../src/presets.js'

const api = createResourceServer({
  resource: 'https://api.example.com',
  issuers: [
    'https://id.example.com',
    auth0({ domain: 'example.eu.auth0.com' }),
    keycloak({ url: 'https://sso.example.com', realm: 'staff' }),
  ],
})
const guard = guardWith(api)

export const app = express()
  .get('/invoices', guard('invoice.read'), (request, response) => {
    const { issuer, subject } = guard.auth(request)
    response.json({ invoicesFor: [issuer, subject] })
  })
  .get('/accounts', guard(role('accountant')), (_request, response) => {
    response.json([])
  })
  .get('/reports', guard(claim('permissions').includes('read:reports')), (_request, response) => {
    response.json([])
  })
