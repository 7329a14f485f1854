import type { HttpResponse } from '@bailiwick/protocol'
import type { ApiAuthErrorReason } from './reasons.js'

/** What is known about a refusal beyond its reason. */
export interface RefusalDetails {
  /** The scopes a client should ask for instead of those of the whole requirement. */
  readonly scopes?: readonly string[]
  /** How the user has to authenticate, by authentication context classes. */
  readonly acrValues?: readonly string[] | undefined
  /** How long ago the user may have authenticated, in seconds. */
  readonly maxAge?: number | undefined
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number
  /** What the response has to say besides the error. */
  readonly responseHeaders?: HttpResponse['headers']
  readonly cause?: unknown
}

/**
 * Thrown by every step that refuses a token. It knows nothing about challenges: the resource server turns it into an
 * `ApiAuthError`, in one place.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly reason: ApiAuthErrorReason
  readonly scopes: readonly string[] | undefined
  readonly acrValues: readonly string[] | undefined
  readonly maxAge: number | undefined
  readonly retryAfter: number | undefined
  readonly responseHeaders: HttpResponse['headers'] | undefined

  constructor(reason: ApiAuthErrorReason, details: RefusalDetails = {}) {
    super(reason, { cause: details.cause })
    this.reason = reason
    this.scopes = details.scopes
    this.acrValues = details.acrValues
    this.maxAge = details.maxAge
    this.retryAfter = details.retryAfter
    this.responseHeaders = details.responseHeaders
  }
}
