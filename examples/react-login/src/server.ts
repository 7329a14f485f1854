import { env } from 'node:process'
import { createAuthorizationServer } from '@bailiwick/core'
import { bailiwick } from '@bailiwick/express'
import { email, openid } from '@bailiwick/protocol'
import express from 'express'
import { signInRoutes } from './sign-in-routes.js'

const { PORT = '5001', ISSUER: issuer = `http://127.0.0.1:${PORT}` } = env
const { WEB_URL = 'http://127.0.0.1:5003' } = env

const server = createAuthorizationServer({
  issuer,
  // The browser is sent to /sign-in/ and the id of what has to be asked.
  interactionUrl: '/sign-in',
  resources: {
    identityResources: [openid, email],
    apiScopes: [{ name: 'invoice.read', displayName: 'Read your invoices' }],
    apiResources: [{ name: 'urn:invoices', displayName: 'Invoices', scopes: ['invoice.read'] }],
  },
  clients: [
    {
      clientId: 'web',
      clientName: 'The web shop',
      requireClientSecret: false,
      allowedGrantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: [`${WEB_URL}/callback`],
      postLogoutRedirectUris: [`${WEB_URL}/`],
      allowedScopes: ['openid', 'email', 'invoice.read'],
      allowOfflineAccess: true,
      requireConsent: true,
    },
  ],
})

const app = express()
app.use('/sign-in', signInRoutes(server))
app.use(bailiwick(server.handle))

const listener = app.listen(Number(PORT), '127.0.0.1', (error) => {
  if (error) throw error
  console.log(`The server is at ${issuer}`)
})
process.once('SIGTERM', () => listener.close()).once('SIGINT', () => listener.close())
