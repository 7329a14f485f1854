import { hash as digest, timingSafeEqual } from 'node:crypto'
import type { HashedSecret } from '../stores/client-store.js'
import type { ClientCredentials } from './method.js'

const nothing: HashedSecret = { hash: new Uint8Array(32), expiresAt: 0 }

/**
 * Compares a presented secret with those of the client. Every one is compared in full, and at least one even when
 * there is none, so that the time tells neither which one matched nor whether the client exists.
 */
export function proveSharedSecret(secret: string): ClientCredentials['prove'] {
  const presented = digest('sha256', secret, 'buffer')
  return ({ secrets }, { now }) => {
    const matches = [nothing, ...secrets].filter(
      ({ hash, expiresAt }) => timingSafeEqual(hash, presented) && expiresAt > now(),
    )
    return matches.length > 0
  }
}
