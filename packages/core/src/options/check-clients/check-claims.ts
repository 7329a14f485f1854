import { isProtocolClaim } from '@bailiwick/protocol'
import { clientDefaults } from '../register-client.js'
import type { ClientCheck } from './client-check.js'

/** Finds claims that would take the place of one that only the server sets. */
export const checkClaims: ClientCheck = (
  { claims = {}, clientClaimsPrefix = clientDefaults.clientClaimsPrefix },
  path,
) =>
  Object.keys(claims).flatMap((name) =>
    isProtocolClaim(clientClaimsPrefix + name)
      ? [
          {
            path: `${path}.claims.${name}`,
            message: `'${clientClaimsPrefix}${name}' is a claim that only the server sets: rename it`,
          },
        ]
      : [],
  )
