import { lintConfiguration } from '../../src/index.js'
import { sha256 } from '@bailiwick/core'
import { defineResources } from '@bailiwick/protocol'

const resources = defineResources({
  apiScopes: ['invoice.read', 'invoice.pay'],
  apiResources: [{ name: 'urn:invoices', scopes: ['invoice.read', 'invoice.pay'] }],
})

const options = {
  issuer: 'http://127.0.0.1:5001',
  resources,
  clients: [
    {
      clientId: 'batch',
      clientSecrets: [{ value: sha256('secret') }],
      allowedGrantTypes: ['client_credentials'],
      allowedScopes: ['invoice.read'],
    },
  ],
}

/** It tells that no client can get `invoice.pay`. */
export const findings = lintConfiguration({ ...options, ...resources }, { now: new Date() })
