import type { Secret } from '@bailiwick/protocol'
import type { Client, HashedSecret, RegisteredClient } from '../stores/client-store.js'

/** Every default of {@link Client}. */
export const clientDefaults = {
  enabled: true,
  clientSecrets: [],
  requireClientSecret: true,
  allowedScopes: [],
  allowOfflineAccess: false,
  accessTokenLifetime: 3600,
  claims: {},
  alwaysSendClientClaims: false,
  clientClaimsPrefix: 'client_',
} as const satisfies Partial<Client>

const hashSecret = ({ value, expiration }: Secret): HashedSecret => ({
  hash: Buffer.from(value, 'base64'),
  expiresAt: expiration === undefined ? Infinity : Date.parse(expiration) / 1000,
})

/** Applies the defaults to a client and indexes its lists. */
export function registerClient(client: Client): RegisteredClient {
  const { clientSecrets, requireClientSecret, claims, clientClaimsPrefix, ...settings } = {
    ...clientDefaults,
    ...client,
  }
  return {
    clientId: settings.clientId,
    secrets: clientSecrets.map(hashSecret),
    isConfidential: requireClientSecret,
    allowedGrantTypes: new Set(settings.allowedGrantTypes),
    allowedScopes: new Set(settings.allowedScopes),
    allowedResources: settings.allowedResources && new Set(settings.allowedResources),
    allowOfflineAccess: settings.allowOfflineAccess,
    accessTokenLifetime: settings.accessTokenLifetime,
    claims: Object.fromEntries(
      Object.entries(claims).map(([name, value]) => [clientClaimsPrefix + name, value]),
    ),
    alwaysSendClientClaims: settings.alwaysSendClientClaims,
  }
}
