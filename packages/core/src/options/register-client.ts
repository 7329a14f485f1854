import { given } from '@bailiwick/protocol'
import { hashSecret } from '../hash-secret.js'
import type { Client } from '../stores/client.js'
import type {
  ClientDisplay,
  ConsentPolicy,
  RefreshTokenPolicy,
  RegisteredClient,
} from '../stores/client-store.js'

/** Every default of {@link Client}. */
export const clientDefaults = {
  enabled: true,
  clientSecrets: [],
  requireClientSecret: true,
  allowedScopes: [],
  allowOfflineAccess: false,
  accessTokenLifetime: 3600,
  accessTokenType: 'jwt',
  claims: {},
  alwaysSendClientClaims: false,
  clientClaimsPrefix: 'client_',
  applicationType: 'web',
  redirectUris: [],
  postLogoutRedirectUris: [],
  allowedCorsOrigins: [],
  requirePkce: true,
  authorizationCodeLifetime: 60,
  identityTokenLifetime: 300,
  allowedIdentityTokenSigningAlgorithms: [],
  alwaysIncludeUserClaimsInIdToken: false,
  refreshTokenExpiration: 'absolute',
  absoluteRefreshTokenLifetime: 2_592_000,
  slidingRefreshTokenLifetime: 1_296_000,
  requireConsent: false,
  allowRememberConsent: true,
  frontChannelLogoutSessionRequired: true,
} as const satisfies Partial<Client>

/** The defaults that depend on whether a client can keep a secret. */
export const refreshTokenDefaults = {
  public: { refreshTokenUsage: 'oneTimeOnly', refreshTokenReuseInterval: 0 },
  confidential: { refreshTokenUsage: 'reUse', refreshTokenReuseInterval: 10 },
} as const

const withDefaults = (client: Client) => ({
  ...clientDefaults,
  ...refreshTokenDefaults[(client.requireClientSecret ?? true) ? 'confidential' : 'public'],
  ...given(client),
})

type Settings = ReturnType<typeof withDefaults>

const displayOf = ({ clientId, clientName, clientUri, logoUri }: Settings): ClientDisplay => ({
  clientId,
  clientName,
  clientUri,
  logoUri,
})

const refreshTokenPolicyOf = (settings: Settings): RefreshTokenPolicy => ({
  usage: settings.refreshTokenUsage,
  reuseInterval: settings.refreshTokenReuseInterval,
  expiration: settings.refreshTokenExpiration,
  absoluteLifetime: settings.absoluteRefreshTokenLifetime || Infinity,
  slidingLifetime: settings.slidingRefreshTokenLifetime,
})

const consentPolicyOf = (settings: Settings): ConsentPolicy => ({
  isRequired: settings.requireConsent,
  mayBeRemembered: settings.allowRememberConsent,
  lifetime: settings.consentLifetime ?? Infinity,
})

const prefixed = ({ claims, clientClaimsPrefix }: Settings): RegisteredClient['claims'] =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [clientClaimsPrefix + name, value]),
  )

/** Applies the defaults to a client and indexes its lists. */
export function registerClient(client: Client): RegisteredClient {
  const settings = withDefaults(client)
  return {
    clientId: settings.clientId,
    secrets: settings.clientSecrets.map(hashSecret),
    isConfidential: settings.requireClientSecret,
    allowedGrantTypes: new Set(settings.allowedGrantTypes),
    allowedScopes: new Set(settings.allowedScopes),
    allowedResources: settings.allowedResources && new Set(settings.allowedResources),
    allowOfflineAccess: settings.allowOfflineAccess,
    accessTokenLifetime: settings.accessTokenLifetime,
    accessTokenType: settings.accessTokenType,
    claims: prefixed(settings),
    alwaysSendClientClaims: settings.alwaysSendClientClaims,
    display: displayOf(settings),
    applicationType: settings.applicationType,
    redirectUris: new Set(settings.redirectUris),
    postLogoutRedirectUris: new Set(settings.postLogoutRedirectUris),
    allowedCorsOrigins: new Set(settings.allowedCorsOrigins),
    requirePkce: settings.requirePkce,
    defaultScopes: settings.defaultScopes,
    authorizationCodeLifetime: settings.authorizationCodeLifetime,
    identityTokenLifetime: settings.identityTokenLifetime,
    allowedIdentityTokenSigningAlgorithms: settings.allowedIdentityTokenSigningAlgorithms,
    alwaysIncludeUserClaimsInIdToken: settings.alwaysIncludeUserClaimsInIdToken,
    refreshTokens: refreshTokenPolicyOf(settings),
    consent: consentPolicyOf(settings),
    userSsoLifetime: settings.userSsoLifetime,
    backChannelLogoutUri: settings.backChannelLogoutUri,
    frontChannelLogoutUri: settings.frontChannelLogoutUri,
    frontChannelLogoutSessionRequired: settings.frontChannelLogoutSessionRequired,
  }
}
