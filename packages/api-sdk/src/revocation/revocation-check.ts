import { Refusal } from '../errors/refusal.js'
import type { EventListener } from '../events.js'
import { inTime } from '../in-time.js'
import type { VerifiedToken } from '../tokens/check-claims.js'
import { readText, readTime } from '../tokens/read-claims.js'

/**
 * By what a token can be revoked. Never the token itself: whoever lists tokens by their text misses those that are spelt
 * in another way.
 */
export interface RevocableToken {
  /** One of the configured issuers. All that follows is only unique together with it. */
  readonly issuer: string
  /** Its identifier (RFC 7519 section 4.1.7). Here and below undefined when the token does not say. */
  readonly jti: string | undefined
  readonly subject: string | undefined
  readonly clientId: string | undefined
  /** The session at the issuer (OpenID Connect Front-Channel Logout section 3). */
  readonly sid: string | undefined
  /** In seconds since 1970, e.g. to revoke whatever a user was given before some moment. */
  readonly issuedAt: number | undefined
  /** In seconds since 1970. After it nobody has to remember the token. */
  readonly expiresAt: number
}

/** How to find out that a token was revoked before it expires. */
export interface RevocationOptions {
  /**
   * Tells whether a token is revoked. It is asked about every token that is good otherwise, also about those that a cache
   * knows. When it throws, rejects or gives anything but a boolean, nobody knows.
   */
  readonly isRevoked: (token: RevocableToken) => boolean | Promise<boolean>
  /**
   * How long to wait for it, in seconds. After that nobody knows.
   *
   * @defaultValue `1`
   */
  readonly timeout?: number
  /**
   * What becomes of a token of which nobody knows whether it is revoked: the request is answered with 503, or the token is
   * accepted and the event `revocation_unknown` tells.
   *
   * @defaultValue `'reject'`
   */
  readonly onError?: 'reject' | 'accept'
}

/** Refuses a token that is revoked. A promise only when somebody has to be waited for. */
export type CheckRevocation = (token: VerifiedToken) => void | Promise<void>

const defaultTimeout = 1

function describe({
  issuer,
  identifier,
  subject,
  clientId,
  expiresAt,
  claims,
}: VerifiedToken): RevocableToken {
  return Object.freeze({
    issuer,
    jti: identifier,
    subject,
    clientId,
    sid: readText(claims, 'sid'),
    issuedAt: readTime(claims, 'iat'),
    expiresAt,
  })
}

function refuseRevoked(isRevoked: unknown): void {
  if (typeof isRevoked !== 'boolean') throw new TypeError('isRevoked has to give a boolean')
  if (isRevoked) throw new Refusal('revoked')
}

/** Makes the step that asks whether a token is revoked. */
export function revocationCheck(
  options: RevocationOptions | undefined,
  emit: EventListener,
): CheckRevocation {
  if (options === undefined) return () => undefined
  const { isRevoked, timeout = defaultTimeout, onError = 'reject' } = options
  const settle = (thrown: unknown, issuer: string): void => {
    if (thrown instanceof Refusal) throw thrown
    if (onError === 'reject') throw new Refusal('revocation_unavailable', { cause: thrown })
    emit({ type: 'revocation_unknown', issuer, cause: thrown })
  }
  const wait = async (answer: unknown, issuer: string): Promise<void> => {
    try {
      refuseRevoked(await inTime(timeout, () => answer))
    } catch (thrown) {
      settle(thrown, issuer)
    }
  }
  return (token) => {
    const revocable = describe(token)
    try {
      const answer = isRevoked(revocable)
      if (typeof answer !== 'boolean') return wait(answer, token.issuer)
      refuseRevoked(answer)
    } catch (thrown) {
      settle(thrown, token.issuer)
    }
    return undefined
  }
}
