import { defineResources, email, openid, profile } from '@bailiwick/protocol'

/** What can be asked for. The server and the API import it, so that a scope that is not declared does not compile. */
export const resources = defineResources({
  identityResources: [openid, profile, email],
  apiScopes: [
    { name: 'invoice.read', displayName: 'Read your invoices' },
    { name: 'invoice.pay', displayName: 'Pay your invoices', emphasize: true },
  ],
  apiResources: [
    { name: 'urn:invoices', displayName: 'Invoices', scopes: ['invoice.read', 'invoice.pay'] },
  ],
})
