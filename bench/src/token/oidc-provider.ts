import type { RequestListener } from 'node:http'
import { Provider } from 'oidc-provider'
import type { Configuration } from 'oidc-provider'
import type { Mounts } from './mounts.js'
import type { TokenContender } from './token-contender.js'
import { world } from './world.js'

const { issuer, resource, scopes, clientId, clientSecret, lifetime } = world

/** oidc-provider with its in-memory adapter, issuing JWT access tokens. */
export async function oidcProvider(
  mounts: Mounts,
  { signingKey }: TokenContender,
): Promise<RequestListener> {
  const { alg } = signingKey
  const configuration: Configuration = {
    scopes: [...scopes],
    jwks: { keys: [{ ...signingKey, use: 'sig' }] },
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        id_token_signed_response_alg: alg,
      },
    ],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          audience: resource,
          scope: scopes.join(' '),
          accessTokenFormat: 'jwt',
          accessTokenTTL: lifetime,
          jwt: { sign: { alg } },
        }),
      },
    },
  }
  return mounts.oidcProvider(new Provider(issuer, configuration))
}
