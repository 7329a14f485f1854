import { env } from 'node:process'
import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import { bailiwick } from '@bailiwick/express'
import { createSqliteStore } from '@bailiwick/store-sqlite'
import { createPages, createUi } from '@bailiwick/ui'
import express from 'express'
import { resources } from './resources.js'
import { authenticate, describeUser, profile } from './users.js'

const { PORT = '5001', ISSUER: issuer = `http://127.0.0.1:${PORT}` } = env
const { DATA_KEY, STORE: file = 'bailiwick.db' } = env

const store = createSqliteStore({ file })

const server = createAuthorizationServer({
  issuer,
  resources,
  profile,
  store,
  // Encrypts what the store keeps, signing keys above all. An issuer other than a loopback address needs one.
  dataKeys: DATA_KEY === undefined ? [] : [DATA_KEY],
  pages: createPages({ issuer }),
  clients: [
    {
      clientId: 'web',
      clientName: 'The web shop',
      // Store the hash: sha256() is here to show what it is made of.
      clientSecrets: [{ value: sha256('secret') }],
      allowedGrantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['http://127.0.0.1:5003/callback'],
      allowedScopes: ['openid', 'profile', 'email', 'invoice.read', 'invoice.pay'],
      allowOfflineAccess: true,
      requireConsent: true,
    },
    {
      clientId: 'batch',
      clientSecrets: [{ value: sha256('secret') }],
      allowedGrantTypes: ['client_credentials'],
      allowedScopes: ['invoice.read', 'invoice.pay'],
    },
  ],
})
const ui = createUi({ server, authenticate, describeUser })

const app = express()
// Attempts to sign in are counted by address: that of the user, also behind a proxy on this machine.
app.set('trust proxy', 'loopback')
app.use(bailiwick(ui)).use(bailiwick(server.handle))

// A store that cannot be read or keys that cannot be opened end the process here and not at the first request.
await server.ready()
const listener = app.listen(Number(PORT), '127.0.0.1', (error) => {
  if (error) throw error
  console.log(`The server is at ${issuer}`)
})

// No new connections; what is under way is answered; then the file is closed and the process ends by itself.
const stop = (): void => void listener.close(() => void store.close())
process.once('SIGTERM', stop).once('SIGINT', stop)
