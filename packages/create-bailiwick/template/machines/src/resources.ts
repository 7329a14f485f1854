import { defineResources } from '@bailiwick/protocol'

/** What there is to get access to: the scopes, and the APIs that understand them. */
export const resources = defineResources({
  apiScopes: ['invoice.read', 'invoice.pay'],
  apiResources: [{ name: 'urn:invoices', scopes: ['invoice.read', 'invoice.pay'] }],
})
