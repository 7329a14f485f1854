import { defineConfiguration } from '@bailiwick/cli'
import { sha256 } from '@bailiwick/core'

export default defineConfiguration({
  apiScopes: ['invoice.read', { name: 'invoice.pay', displayName: 'Pays your invoices.' }],
  apiResources: [{ name: 'urn:invoices', scopes: ['invoice.read', 'invoice.pay'] }],
  clients: [
    {
      clientId: 'report',
      clientSecrets: [{ value: sha256('secret') }],
      allowedGrantTypes: ['client_credentials'],
      allowedScopes: ['invoice.read'],
    },
    {
      clientId: 'payment',
      clientSecrets: [{ value: sha256('another secret') }],
      allowedGrantTypes: ['client_credentials'],
      allowedScopes: ['invoice.pay'],
    },
  ],
})
