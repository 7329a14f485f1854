import { createAuthorizationServer } from '@bailiwick/core'
import { bailiwick } from '@bailiwick/express'
import { openid } from '@bailiwick/protocol'
import { createPages, createUi } from '@bailiwick/ui'
import express from 'express'
import { issuer, ports, webUrl } from './addresses.js'

const server = createAuthorizationServer({
  issuer,
  resources: {
    identityResources: [openid],
    apiScopes: [{ name: 'invoice.read', displayName: 'Read your invoices' }],
    apiResources: [{ name: 'urn:invoices', scopes: ['invoice.read'] }],
  },
  pages: createPages({ issuer }),
  clients: [
    {
      clientId: 'spa',
      // Whatever is sent to browsers, everybody can read. PKCE keeps codes from being used by others instead.
      requireClientSecret: false,
      allowedGrantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: [`${webUrl}/`],
      postLogoutRedirectUris: [`${webUrl}/`],
      allowedCorsOrigins: [webUrl],
      allowedScopes: ['openid', 'invoice.read'],
      allowOfflineAccess: true,
      // Short, because a refresh costs little, and until then nobody can take an access token back.
      accessTokenLifetime: 120,
      // Each use gives a new refresh token, and a stolen one that is used ends them all. That is the default of
      // public clients. A working day is long enough for tokens that last no longer than the page.
      absoluteRefreshTokenLifetime: 36_000,
    },
  ],
})

const ui = createUi({
  server,
  // The example of Express has a table of users with hashed passwords.
  authenticate: async ({ username, password }) =>
    username === 'alice' && password === 'alice' ? { subject: 'alice', amr: ['pwd'] } : undefined,
})

const app = express().use(bailiwick(ui)).use(bailiwick(server.handle))
const listener = app.listen(ports.server, '127.0.0.1', (error) => {
  if (error) throw error
  console.log(`The server is at ${issuer}`)
})
process.once('SIGTERM', () => listener.close()).once('SIGINT', () => listener.close())
