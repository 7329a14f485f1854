import type { HttpResponse } from '@bailiwick/protocol'
import type { ApiAuthErrorReason } from './reasons.js'

/** What is known about a refusal beyond its reason. */
export interface RefusalDetails {
  /** The scopes a client should ask for instead of those of the whole requirement. */
  readonly scopes?: readonly string[] | undefined
  /** How the user has to authenticate, by authentication context classes. */
  readonly acrValues?: readonly string[] | undefined
  /** How long ago the user may have authenticated, in seconds. */
  readonly maxAge?: number | undefined
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number | undefined
  /** What the response has to say besides the error. */
  readonly responseHeaders?: HttpResponse['headers'] | undefined
  /** The configured issuer whose token it is about. For events only. */
  readonly issuer?: string | undefined
  readonly cause?: unknown
}

/**
 * Thrown by every step that refuses a token. It knows nothing about challenges: the resource server turns it into an
 * `ApiAuthError`, in one place.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly reason: ApiAuthErrorReason
  readonly details: RefusalDetails

  constructor(reason: ApiAuthErrorReason, details: RefusalDetails = {}) {
    super(reason, { cause: details.cause })
    this.reason = reason
    this.details = details
  }
}
