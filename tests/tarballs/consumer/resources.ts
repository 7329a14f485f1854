import { defineResources, openid } from '@bailiwick/protocol'

export const resources = defineResources({
  identityResources: [openid],
  apiScopes: ['invoice.read', 'invoice.pay'],
  apiResources: [{ name: 'urn:invoices', scopes: ['invoice.read', 'invoice.pay'] }],
})
