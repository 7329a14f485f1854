import { generateSigningKey, sha256 } from '@bailiwick/core'
import type { Configuration } from '../../src/index.js'

/** One API and one client whose secret is `secret`. Its keys are kept in the store, of the kind that is made in no time. */
export const withStoredKeys = {
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

/** The same with a key of its own. */
export const configuration = {
  ...withStoredKeys,
  signingKeys: [generateSigningKey('EdDSA')],
} as const satisfies Configuration
