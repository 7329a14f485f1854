import { checkSecrets } from '@bailiwick/protocol'
import type { ClientCheck } from './client-check.js'

/** Finds clients that cannot authenticate, and those that would have to. */
export const checkAuthentication: ClientCheck = (
  { clientSecrets = [], requireClientSecret = true, allowedGrantTypes },
  path,
) => {
  if (requireClientSecret && clientSecrets.length === 0) {
    return [
      {
        path: `${path}.clientSecrets`,
        message:
          'the client has no secret: add one, or set requireClientSecret to false for a public client',
      },
    ]
  }
  if (!requireClientSecret && allowedGrantTypes.includes('client_credentials')) {
    return [
      {
        path: `${path}.requireClientSecret`,
        message:
          'client_credentials is for clients that authenticate (RFC 6749 section 4.4): remove this or the grant',
      },
    ]
  }
  return checkSecrets(clientSecrets, `${path}.clientSecrets`)
}
