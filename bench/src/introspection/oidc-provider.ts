import type { RequestListener } from 'node:http'
import { generateSigningKey } from '@bailiwick/core'
import { Provider } from 'oidc-provider'
import type { ClientMetadata, Configuration } from 'oidc-provider'
import type { Mounts } from '../token/mounts.js'
import { world } from './world.js'

const { issuer, api, apiSecret, scopes, clientId, clientSecret, lifetime } = world

const client = (id: string, secret: string): ClientMetadata => ({
  client_id: id,
  client_secret: secret,
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
  id_token_signed_response_alg: 'ES256',
})

/** oidc-provider with its in-memory adapter, issuing opaque tokens. It knows no APIs: the one that asks is a client. */
export async function oidcProvider(mounts: Mounts): Promise<RequestListener> {
  const configuration: Configuration = {
    scopes: [...scopes],
    jwks: { keys: [{ ...generateSigningKey('ES256'), use: 'sig' }] },
    clients: [client(clientId, clientSecret), client(api, apiSecret)],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          audience: api,
          scope: scopes.join(' '),
          accessTokenFormat: 'opaque',
          accessTokenTTL: lifetime,
        }),
      },
    },
    routes: { introspection: '/introspect' },
  }
  return mounts.oidcProvider(new Provider(issuer, configuration))
}
