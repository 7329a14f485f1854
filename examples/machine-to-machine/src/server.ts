import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import { bailiwick } from '@bailiwick/express'
import express from 'express'
import { issuer, serverPort } from './addresses.js'

const server = createAuthorizationServer({
  issuer,
  resources: {
    apiScopes: ['invoice.read'],
    apiResources: [{ name: 'urn:invoices', scopes: ['invoice.read'] }],
  },
  clients: [
    {
      clientId: 'batch',
      clientSecrets: [{ value: sha256('secret') }],
      allowedGrantTypes: ['client_credentials'],
      allowedScopes: ['invoice.read'],
      accessTokenLifetime: 300,
    },
  ],
})

const app = express().use(bailiwick(server.handle))
const listener = app.listen(serverPort, '127.0.0.1', (error) => {
  if (error) throw error
  console.log(`The server is at ${issuer}`)
})
process.once('SIGTERM', () => listener.close()).once('SIGINT', () => listener.close())
