import { sha256 } from '@bailiwick/core'
import type { Configuration } from '../../src/index.js'

/** One API and one client whose secret is `secret`; its key is of the kind that is made in no time. */
export const configuration = {
  apiScopes: ['read'],
  apiResources: [{ name: 'urn:api', scopes: ['read'] }],
  clients: [
    {
      clientId: 'client',
      clientSecrets: [{ value: sha256('secret') }],
      allowedGrantTypes: ['client_credentials'],
      allowedScopes: ['read'],
    },
  ],
  defaultSigningAlgorithm: 'EdDSA',
} as const satisfies Configuration

/** For servers that others reach. */
export const dataKeys: readonly string[] = [Buffer.alloc(32, 1).toString('base64')]
