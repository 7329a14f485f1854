import { defineResources, openid, profile } from '@bailiwick/protocol'

/** What there is to get access to: what is known of people, the scopes, and the APIs that understand them. */
export const resources = defineResources({
  identityResources: [openid, profile],
  apiScopes: [
    { name: 'invoice.read', displayName: 'Read your invoices' },
    { name: 'invoice.pay', displayName: 'Pay your invoices' },
  ],
  apiResources: [
    { name: 'urn:invoices', displayName: 'Invoices', scopes: ['invoice.read', 'invoice.pay'] },
  ],
})
