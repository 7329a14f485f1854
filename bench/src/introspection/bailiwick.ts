import type { RequestListener } from 'node:http'
import { createAuthorizationServer, generateSigningKey, sha256 } from '@bailiwick/core'
import type { Mounts } from '../token/mounts.js'
import { world } from './world.js'

/** Bailiwick with its in-memory store, issuing reference tokens. */
export async function bailiwick(mounts: Mounts): Promise<RequestListener> {
  const { issuer, api, apiSecret, scopes, clientId, clientSecret, lifetime } = world
  const server = createAuthorizationServer({
    issuer,
    resources: {
      apiScopes: scopes,
      apiResources: [{ name: api, scopes, secrets: [{ value: sha256(apiSecret) }] }],
    },
    clients: [
      {
        clientId,
        clientSecrets: [{ value: sha256(clientSecret) }],
        allowedGrantTypes: ['client_credentials'],
        allowedScopes: scopes,
        accessTokenLifetime: lifetime,
        accessTokenType: 'reference',
      },
    ],
    signingKeys: [generateSigningKey('ES256')],
  })
  return mounts.bailiwick(server.handle)
}
