import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import { createSqliteStore } from '@bailiwick/store-sqlite'
import { resources } from './resources.js'
import { clientSecret, dataKey, issuer } from './settings.js'

/** Gives clients tokens for the APIs. */
export const server = createAuthorizationServer({
  issuer,
  resources,
  clients: [
    {
      clientId: 'batch',
      clientSecrets: [{ value: sha256(clientSecret) }],
      allowedGrantTypes: ['client_credentials'],
      allowedScopes: ['invoice.read'],
    },
  ],
  store: createSqliteStore({ file: 'bailiwick.db' }),
  dataKeys: [dataKey],
})
