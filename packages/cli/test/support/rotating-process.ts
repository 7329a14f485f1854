import { argv } from 'node:process'
import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import { toNodeListener } from '@bailiwick/node'
import { createPostgresStore } from '@bailiwick/store-postgres'
import { listenForParent } from './listen-for-parent.js'
import { quickClock } from './quick-clock.js'

// A node in a process of its own, whose keys sign for a few minutes each.
const [start, issuer = '', connectionString = ''] = argv.slice(2)
const now = quickClock(Number(start))
const store = createPostgresStore({ connectionString, now })
await store.migrate()

const { handle } = createAuthorizationServer({
  issuer,
  now,
  store,
  keyManagement: {
    rotationInterval: 300,
    propagationTime: 200,
    retentionDuration: 180,
    cacheDuration: 5,
  },
  defaultSigningAlgorithm: 'EdDSA',
  resources: { apiScopes: ['read'], apiResources: [{ name: 'urn:api', scopes: ['read'] }] },
  clients: [
    {
      clientId: 'web',
      clientSecrets: [{ value: sha256('secret') }],
      allowedGrantTypes: ['client_credentials'],
      allowedScopes: ['read'],
      accessTokenLifetime: 60,
      identityTokenLifetime: 60,
    },
  ],
})
await listenForParent(toNodeListener(handle))
