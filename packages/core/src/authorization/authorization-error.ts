import { OAuthError } from '@bailiwick/protocol'
import { toOAuthError } from '../http/responses.js'
import type { RedirectTarget } from './redirect-target.js'

/** A failure that the client of an authorization request can be told (RFC 6749 section 4.1.2.1). */
export class AuthorizationError extends OAuthError {
  readonly target: RedirectTarget

  constructor(target: RedirectTarget, error: OAuthError) {
    const { code, message: description, status, headers, cause } = error
    super(code, { description, status, headers, cause })
    this.target = target
  }
}

/** Whatever fails from here on is told to the client, now that it is known where that is. */
export async function tellingClient<Result>(
  target: RedirectTarget,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw new AuthorizationError(target, toOAuthError(error))
  }
}
