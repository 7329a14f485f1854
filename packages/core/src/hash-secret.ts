import type { Secret } from '@bailiwick/protocol'
import type { HashedSecret } from './stores/client-store.js'

/** Puts a configured secret into the form in which it is compared. */
export const hashSecret = ({ value, expiration }: Secret): HashedSecret => ({
  hash: Buffer.from(value, 'base64'),
  expiresAt: expiration === undefined ? Infinity : Date.parse(expiration) / 1000,
})
