// Made by bailiwick import from a test.
import { defineConfiguration } from '@bailiwick/cli'
import { defineResources } from '@bailiwick/protocol'
import process from 'node:process'

export const resources = defineResources({
  identityResources: [
    'openid',
    'email',
    {
      name: 'loyalty',
      displayName: 'Your loyalty card',
      userClaims: ['card_number', 'card_level'],
    },
  ],
  apiScopes: [
    { name: 'orders.read', displayName: 'Reads your orders' },
    {
      name: 'orders.write',
      displayName: 'Places orders for you',
      emphasize: true,
      userClaims: ['card_level'],
    },
    'stock.read',
    'stock.adjust',
    { name: 'legacy', enabled: false },
  ],
  apiResources: [
    {
      name: 'urn:shop:orders',
      displayName: 'Orders',
      scopes: ['orders.read', 'orders.write'],
      userClaims: ['customer_number'],
      secrets: [
        { value: 'tjcMWmn9Uro2G2kRjvBIyRgljATVi7I/hGvnRBPXVNk=', description: 'since March' },
      ],
      allowedAccessTokenSigningAlgorithms: ['ES256'],
    },
    {
      name: 'urn:shop:stock',
      scopes: ['stock.read', 'stock.adjust'],
      requireResourceIndicator: true,
      properties: { team: 'warehouse' },
    },
  ],
})

export default defineConfiguration({
  issuer: 'https://id.shop.example',
  emitStaticAudienceClaim: true,
  // Encrypts what the store keeps. Make one with 'openssl rand -base64 32' and keep it elsewhere.
  dataKeys: [process.env['BAILIWICK_DATA_KEY'] ?? ''],
  // IdentityServer's tokens: scope is a list, for example. Remove it when nobody needs them.
  compatibility: 'duende',
  // IdentityServer ends a session ten hours after the login, whether it is used or not.
  session: { absoluteLifetime: 36_000, idleLifetime: 36_000 },
  // Where IdentityServer has its endpoints, for whoever does not look them up in its metadata.
  paths: {
    authorize: '/connect/authorize',
    token: '/connect/token',
    userinfo: '/connect/userinfo',
    introspect: '/connect/introspect',
    revoke: '/connect/revocation',
    endSession: '/connect/endsession',
    jwks: '/.well-known/openid-configuration/jwks',
  },
  ...resources,
  clients: [
    // The shop itself. Ask the web team before you change it.
    {
      clientId: 'web',
      clientName: 'Shop',
      clientUri: 'https://shop.example',
      clientSecrets: [
        {
          value: 'XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg=',
          expiration: '2027-06-30T00:00:00Z',
        },
        { value: 'iKd8Tm6TqAjGmZcVb04Q3y2GfQxCM5u0t0j2+2nDRAE=' },
      ],
      allowedGrantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['https://shop.example/signin-oidc'],
      postLogoutRedirectUris: ['https://shop.example/signout-callback-oidc'],
      authorizationCodeLifetime: 300,
      allowedScopes: ['openid', 'email', 'loyalty', 'orders.read', 'orders.write'],
      allowOfflineAccess: true,
      refreshTokenUsage: 'oneTimeOnly',
      refreshTokenReuseInterval: 0,
      refreshTokenExpiration: 'sliding',
      requireConsent: true,
      consentLifetime: 7_776_000,
      frontChannelLogoutUri: 'https://shop.example/signout-oidc',
    },
    {
      clientId: 'spa',
      clientName: 'Shop on one page',
      requireClientSecret: false,
      allowedGrantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['https://spa.shop.example/callback'],
      allowedCorsOrigins: ['https://spa.shop.example'],
      authorizationCodeLifetime: 600,
      allowedScopes: ['openid', 'orders.read'],
      allowOfflineAccess: true,
      accessTokenLifetime: 600,
    },
    {
      clientId: 'phone',
      requireClientSecret: false,
      allowedGrantTypes: ['authorization_code'],
      applicationType: 'native',
      redirectUris: ['com.example.shop:/signed-in'],
      authorizationCodeLifetime: 300,
      allowedScopes: ['openid', 'orders.read'],
    },
    {
      clientId: 'stocktaking',
      clientSecrets: [{ value: 'f5vx5n4RG3qJ1fdFv3NZW5uGqk0yOtnTqo0yt9wvT+M=' }],
      allowedGrantTypes: ['client_credentials'],
      allowedScopes: ['stock.read', 'stock.adjust'],
      accessTokenType: 'reference',
      claims: { site: ['hamburg', 'bremen'], level: 3 },
      clientClaimsPrefix: '',
    },
  ],
})

// Left out, because a server would not start with it:
//
// clients: [
//   {
//     clientId: 'partner',
//     allowedGrantTypes: ['client_credentials'],
//     allowedScopes: ['orders.read'],
//   },
//   { clientId: 'till', allowedGrantTypes: ['client_credentials'], allowedScopes: ['orders.write'] },
// ]
