import { env, pid } from 'node:process'
import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import { bailiwick } from '@bailiwick/express'
import { openid } from '@bailiwick/protocol'
import { createPages, createUi } from '@bailiwick/ui'
import express from 'express'
import { openStore } from './open-store.js'

const { PORT = '5011', STORE = 'postgres', DATA_KEY } = env
// That of the balancer. All nodes are one issuer, and no node has a name of its own that anybody could see.
const { ISSUER: issuer = 'http://127.0.0.1:5001' } = env

const store = await openStore(STORE)

const server = createAuthorizationServer({
  issuer,
  store,
  // The same on every node, because each has to read what another has written.
  dataKeys: DATA_KEY === undefined ? [] : [DATA_KEY],
  resources: { identityResources: [openid] },
  pages: createPages({ issuer }),
  clients: [
    {
      clientId: 'web',
      clientSecrets: [{ value: sha256('secret') }],
      allowedGrantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['http://127.0.0.1:5003/callback'],
      allowedScopes: ['openid'],
      allowOfflineAccess: true,
      requireConsent: true,
    },
  ],
})

const ui = createUi({
  server,
  // The example of Express has a table of users with hashed passwords.
  authenticate: async ({ username, password }) =>
    username === 'alice' && password === 'alice' ? { subject: 'alice', amr: ['pwd'] } : undefined,
})

const app = express()
// The balancer tells the address of the user, by which attempts to sign in are counted.
app.set('trust proxy', 'loopback')
app.use(bailiwick(ui)).use(bailiwick(server.handle))

// The first node makes the keys, the others find them.
await server.ready()
const listener = app.listen(Number(PORT), '127.0.0.1', (error) => {
  if (error) throw error
  console.log(`node ${PORT} is process ${pid}`)
})

// No new connections; what is under way is answered; then the process ends by itself.
const stop = (): void => void listener.close(() => void store.close())
process.once('SIGTERM', stop).once('SIGINT', stop)
