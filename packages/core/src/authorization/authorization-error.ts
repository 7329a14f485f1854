import { OAuthError } from '@bailiwick/protocol'
import { toOAuthError } from '../http/responses.js'
import type { RedirectTarget } from './redirect-target.js'

/** A failure that the client of an authorization request can be told (RFC 6749 section 4.1.2.1). */
export class AuthorizationError extends OAuthError {
  readonly target: RedirectTarget
  /** The cookie of a session that has begun all the same. */
  readonly setCookie: string | undefined

  constructor(target: RedirectTarget, error: OAuthError, setCookie: string | undefined) {
    const { code, message: description, status, headers, cause } = error
    super(code, { description, status, headers, cause })
    this.target = target
    this.setCookie = setCookie
  }
}

/**
 * Whatever fails from here on is told to the client, now that it is known where that is.
 *
 * @param setCookie that of a session which has begun: it stays, whatever becomes of the request.
 */
export async function tellingClient<Result>(
  target: RedirectTarget,
  work: () => Promise<Result>,
  setCookie?: string,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AuthorizationError) throw error
    throw new AuthorizationError(target, toOAuthError(error), setCookie)
  }
}
