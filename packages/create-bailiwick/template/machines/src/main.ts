import { createApi } from './api.js'
import { fetchInvoices, fetchToken } from './client.js'
import { listen } from './listen.js'
import { createServer } from './server.js'
import { apiUrl, issuer } from './settings.js'

// One process, so that one command starts all. Nothing but HTTP and settings.ts is between them: each can have its own.
await listen(createServer(), issuer)
await listen(createApi({ issuers: issuer }), apiUrl)

const token = await fetchToken('invoice.read')
const [, claims = ''] = token.split('.')

console.log(`
  server  ${issuer}
  API     ${apiUrl}

The client got a token that says
  ${Buffer.from(claims, 'base64url').toString()}
and with it the API says
  ${await fetchInvoices(token)}

Ctrl+C stops them.`)
