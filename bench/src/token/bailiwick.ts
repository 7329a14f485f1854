import type { RequestListener } from 'node:http'
import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import type { Mounts } from './mounts.js'
import type { TokenContender } from './token-contender.js'
import { world } from './world.js'

/** Bailiwick, with as much configuration as this request needs. */
export async function bailiwick(
  mounts: Mounts,
  { signingKey }: TokenContender,
): Promise<RequestListener> {
  const { issuer, resource, scopes, clientId, clientSecret, lifetime } = world
  const server = createAuthorizationServer({
    issuer,
    resources: { apiScopes: scopes, apiResources: [{ name: resource, scopes }] },
    clients: [
      {
        clientId,
        clientSecrets: [{ value: sha256(clientSecret) }],
        allowedGrantTypes: ['client_credentials'],
        allowedScopes: scopes,
        accessTokenLifetime: lifetime,
      },
    ],
    signingKeys: [signingKey],
  })
  return mounts.bailiwick(server.handle)
}
