import express from 'express'
import { createResourceServer } from '../../src/index.js'
import { guardWith } from '../../src/express.js'

const api = createResourceServer({
  resource: 'https://api.example.com',
  issuers: {
    issuer: 'https://login.example.com',
    tokenShape: {
      typ: ['JWT', undefined],
      client: ['appid'],
      mayLack: ['jti', 'sub'],
      forbidden: ['nonce', 'at_hash', 'c_hash'],
      expected: { token_kind: ['access'] },
      scopes: ['permissions'],
      roles: [['app', 'roles']],
      isMachine: ({ claims }) => claims['sub'] === undefined,
    },
  },
})
const guard = guardWith(api)

export const app = express().get('/invoices', guard('invoice.read'), (request, response) => {
  response.json({ invoicesFor: guard.auth(request).subject })
})
