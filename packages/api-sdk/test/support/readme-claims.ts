import express from 'express'
import { createResourceServer } from '../../src/index.js'
import { guardWith } from '../../src/express.js'
import { z } from 'zod'

const api = createResourceServer({
  resource: 'urn:invoices',
  issuers: 'https://id.example.com',
  claims: z.object({ department_id: z.string() }),
})
const guard = guardWith(api)

export const app = express().get('/invoices', guard('invoice.read'), (request, response) => {
  const { department_id: department } = guard.auth(request).claims
  response.json({ invoicesOf: department.toUpperCase() })
})
