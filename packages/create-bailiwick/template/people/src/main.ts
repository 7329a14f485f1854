import { createApi } from './api.js'
import { createClient } from './client.js'
import { listen } from './listen.js'
import { createServer } from './server.js'
import { alicePassword, apiUrl, clientUrl, issuer } from './settings.js'

// One process, so that one command starts all. Nothing but HTTP and settings.ts is between them: each can have its own.
await listen(createServer(), issuer)
await listen(createApi({ issuers: issuer }), apiUrl)
await listen(createClient(), clientUrl)

console.log(`
  server      ${issuer}
  API         ${apiUrl}
  web client  ${clientUrl}   <- open this, and sign in as alice with the password ${alicePassword}

Ctrl+C stops them.`)
