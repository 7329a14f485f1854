import type { KeyObject } from 'node:crypto'
import { createBoundedCache } from '../bounded-cache.js'
import type { BoundedCache } from '../bounded-cache.js'
import { monotonicClock } from '../keys/monotonic-clock.js'
import type { Claims, TokenHeader } from './decode-token.js'
import type { TrustedIssuer } from './token-policy.js'

/** How many JWTs are remembered as genuine, and for how long. */
export interface VerifiedCacheOptions {
  /**
   * The most tokens. The one that was not used for longest makes room for another.
   *
   * @defaultValue `10000`
   */
  readonly max?: number
  /**
   * For how long the signature of a token is not checked again, in seconds.
   *
   * @defaultValue `300`
   */
  readonly ttl?: number
}

const defaults = { max: 10_000, ttl: 300 } as const satisfies Required<VerifiedCacheOptions>

/** A JWT that was good when it was looked at: who signed what, and with which key that was found out. */
export interface GenuineJwt {
  readonly issuer: TrustedIssuer
  readonly header: TokenHeader
  readonly claims: Claims
  readonly key: KeyObject
}

/** Remembers that signatures were good, by the digest of the whole token, and nothing else about tokens. */
export interface VerifiedCache {
  /** Undefined as well for a token whose key is not among the keys that its issuer has now. */
  readonly find: (digest: string) => GenuineJwt | undefined
  readonly keep: (digest: string, jwt: GenuineJwt) => void
  readonly clear: () => void
}

// Loading keys makes new ones of all of them, also of those that were there before. So whatever the issuer has changed,
// no signature is believed for longer than the keys it was checked with.
const isKeyCurrent = ({ issuer, header, key }: GenuineJwt): boolean =>
  issuer.keys.atHand(header) === key

/** Makes the cache. Undefined when there is to be none. */
export function createVerifiedCache(
  options: VerifiedCacheOptions | false,
  now: () => number,
): VerifiedCache | undefined {
  if (options === false) return undefined
  const { max = defaults.max, ttl = defaults.ttl } = options
  const cache: BoundedCache<GenuineJwt> = createBoundedCache({ max, clock: monotonicClock(now) })
  return {
    find: (digest) => {
      const jwt = cache.get(digest)
      return jwt !== undefined && isKeyCurrent(jwt) ? jwt : undefined
    },
    keep: (digest, jwt) => {
      cache.set(digest, jwt, ttl)
    },
    clear: cache.clear,
  }
}
