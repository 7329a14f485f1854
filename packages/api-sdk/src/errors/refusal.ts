import type { ApiAuthErrorReason } from './reasons.js'

/** What is known about a refusal beyond its reason. */
export interface RefusalDetails {
  /** The scopes a client should ask for instead of those of the whole requirement. */
  readonly scopes?: readonly string[]
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number
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
  readonly retryAfter: number | undefined

  constructor(reason: ApiAuthErrorReason, { scopes, retryAfter, cause }: RefusalDetails = {}) {
    super(reason, { cause })
    this.reason = reason
    this.scopes = scopes
    this.retryAfter = retryAfter
  }
}
