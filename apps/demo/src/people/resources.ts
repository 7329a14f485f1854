import { defineResources, email, openid, profile } from '@bailiwick/protocol'

/** What can be asked for about people, and in their name. */
export const resources = defineResources({
  identityResources: [
    openid,
    profile,
    email,
    {
      name: 'employee',
      displayName: 'Your employment',
      description: 'Your department, and since when you have been there.',
      userClaims: ['department', 'employed_since'],
    },
  ],
  apiScopes: [
    {
      name: 'invoice.read',
      displayName: 'Read invoices',
      description: 'Sees which invoices you have to pay.',
    },
    {
      name: 'invoice.pay',
      displayName: 'Pay invoices',
      description: 'Spends your money.',
      emphasize: true,
    },
    {
      name: 'customer.read',
      displayName: 'Read customers',
      description: 'Sees names and addresses of your customers.',
    },
  ],
  apiResources: [
    {
      name: 'urn:invoices',
      displayName: 'Invoices',
      description: 'Isolated: a token for it is for nothing else.',
      scopes: ['invoice.read', 'invoice.pay'],
      userClaims: ['department'],
      requireResourceIndicator: true,
    },
    {
      name: 'urn:customers',
      displayName: 'Customers',
      scopes: ['customer.read'],
    },
  ],
})
