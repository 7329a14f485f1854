import type { GuardContender } from './guard-contender.js'
import { joseCheck } from './jose-check.js'
import { nodeCryptoCheck } from './node-crypto-check.js'
import { world } from './world.js'

/** Finds out whom an `Authorization` header field is about, or `undefined` when its token is no good. */
export type BareCheck = (
  authorization: string | undefined,
) => string | undefined | Promise<string | undefined>

/** Sets up what a bare route checks tokens with: nothing at all on an unguarded one. None looks at a scope. */
export async function createBareCheck(contender: GuardContender): Promise<BareCheck> {
  switch (contender.guard) {
    case 'jose':
      return joseCheck(contender)
    case 'node-crypto':
      return nodeCryptoCheck(contender)
    case 'unguarded':
      return () => world.subject
    case 'bailiwick':
    case 'bailiwick-cached':
    case 'express-oauth2-jwt-bearer':
      throw new TypeError(`${contender.guard} is no bare route`)
  }
}
