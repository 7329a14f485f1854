import { createResourceServer } from '@bailiwick/api-sdk'
import type { ResourceServer } from '@bailiwick/api-sdk'
import type { GuardContender } from './guard-contender.js'
import { world } from './world.js'

/** The API that the guards of Bailiwick stand before. */
export function bailiwickApi({ publicKey, guard }: GuardContender): ResourceServer {
  const { audience, issuer } = world
  return createResourceServer({
    resource: audience,
    issuers: { issuer, jwks: { keys: [publicKey] } },
    verifiedCache: guard === 'bailiwick-cached' && {},
  })
}
