import { defineResources, openid } from '@bailiwick/protocol'
import { createAuthorizationServer } from '../../src/index.js'

const issuer = 'https://id.example.com'

const resources = defineResources({
  identityResources: [openid, 'email', { name: 'hr', userClaims: ['level'] }],
  apiScopes: ['invoice.read', { name: 'invoice.pay' }],
  apiResources: [{ name: 'urn:invoices', scopes: ['invoice.read', 'invoice.pay'] }],
})

defineResources({
  apiScopes: ['invoice.read'],
  // @ts-expect-error -- an API resource cannot list a scope that is not declared
  apiResources: [{ name: 'urn:invoices', scopes: ['invoice.raed'] }],
})

createAuthorizationServer({
  issuer,
  resources,
  clients: [
    {
      clientId: 'web',
      allowedGrantTypes: ['client_credentials'],
      allowedScopes: ['openid', 'email', 'hr', 'invoice.read', 'invoice.pay'],
      allowedResources: ['urn:invoices'],
      defaultScopes: ['openid', 'invoice.read', 'offline_access'],
    },
    {
      clientId: 'unknown scope',
      allowedGrantTypes: [],
      // @ts-expect-error -- a client cannot be allowed a scope that is not declared
      allowedScopes: ['invoice.raed'],
    },
    {
      clientId: 'unknown default scope',
      allowedGrantTypes: [],
      // @ts-expect-error -- a client cannot get a scope by default that is not declared
      defaultScopes: ['invoice.raed'],
    },
    {
      clientId: 'unknown resource',
      allowedGrantTypes: [],
      // @ts-expect-error -- a client cannot be allowed a resource that is not declared
      allowedResources: ['urn:invocies'],
    },
    {
      clientId: 'offline',
      allowedGrantTypes: [],
      // @ts-expect-error -- offline_access is a switch of its own, allowOfflineAccess
      allowedScopes: ['offline_access'],
    },
  ],
})

defineResources({
  // @ts-expect-error -- only the standard identity resources can be named without their claims
  identityResources: ['opnid'],
})

// @ts-expect-error -- an identity resource stands for claims
defineResources({ identityResources: [{ name: 'hr' }] })

// Definitions that come from elsewhere have names that the compiler does not know: any string goes.
declare const loaded: Parameters<typeof createAuthorizationServer>[0]['resources']
createAuthorizationServer({
  issuer,
  resources: loaded,
  clients: [
    { clientId: 'c', allowedGrantTypes: [], allowedScopes: ['anything'], defaultScopes: ['x'] },
  ],
})
