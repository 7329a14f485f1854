import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import { createSqliteStore } from '@bailiwick/store-sqlite'
import { createPages, createUi } from '@bailiwick/ui'
import { resources } from './resources.js'
import { clientSecret, clientUrl, dataKey, issuer } from './settings.js'
import { authenticate, profile } from './users.js'

/** Signs people in, and gives clients tokens for the APIs. */
export const server = createAuthorizationServer({
  issuer,
  resources,
  clients: [
    {
      clientId: 'web',
      clientName: 'The web client',
      clientSecrets: [{ value: sha256(clientSecret) }],
      allowedGrantTypes: ['authorization_code'],
      redirectUris: [`${clientUrl}/callback`],
      postLogoutRedirectUris: [`${clientUrl}/`],
      allowedScopes: ['openid', 'profile', 'invoice.read'],
      alwaysIncludeUserClaimsInIdToken: true,
    },
  ],
  profile,
  pages: createPages(),
  store: createSqliteStore({ file: 'bailiwick.db' }),
  dataKeys: [dataKey],
})

/** The pages on which people sign in and out. */
export const ui = createUi({ server, authenticate })
