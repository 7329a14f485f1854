import { importJWK, jwtVerify } from 'jose'
import type { GuardContender } from './guard-contender.js'
import { world } from './world.js'

/** Finds out whom an `Authorization` header field is about, or `undefined` when its token is no good. */
export type BareCheck = (authorization: string | undefined) => Promise<string | undefined>

/** Calls `jwtVerify` with a key that is imported once and the checks it has options for. It looks at no scope. */
export async function createBareCheck({
  publicKey,
  algorithm,
}: GuardContender): Promise<BareCheck> {
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
