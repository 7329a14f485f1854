import { importJWK, jwtVerify } from 'jose'
import type { BareCheck } from './bare-check.js'
import type { GuardContender } from './guard-contender.js'
import { world } from './world.js'

/** Calls `jwtVerify` with a key that is imported once and the checks it has options for. */
export async function joseCheck({ publicKey, algorithm }: GuardContender): Promise<BareCheck> {
  const key = await importJWK(publicKey, algorithm)
  const { issuer, audience } = world
  const options = { issuer, audience, algorithms: [algorithm], typ: 'at+jwt' }
  return async (authorization = '') => {
    try {
      const { payload } = await jwtVerify(authorization.slice('Bearer '.length), key, options)
      return payload.sub
    } catch {
      return undefined
    }
  }
}
