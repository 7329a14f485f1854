/** HTTP status of each error code this project can send, by the registry name of the code. */
const statuses = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  invalid_target: 400,
  invalid_token: 401,
  insufficient_scope: 403,
  access_denied: 400,
  login_required: 400,
  account_selection_required: 400,
  consent_required: 400,
  interaction_required: 400,
  unmet_authentication_requirements: 400,
  unsupported_response_type: 400,
  request_not_supported: 400,
  request_uri_not_supported: 400,
  registration_not_supported: 400,
  server_error: 500,
  temporarily_unavailable: 503,
} as const satisfies Record<string, number>

/** An error code of the IANA OAuth Extensions Error registry. */
export type OAuthErrorCode = keyof typeof statuses

/** What is known about a failure beyond its code. */
export interface OAuthErrorOptions {
  /** Sent to the client as `error_description`: names the parameter, holds no secret. */
  readonly description?: string
  /** Replaces the status of the code, e.g. 413 for a body that is too large. */
  readonly status?: number
  /** Sent as header fields, e.g. a challenge or `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>
  /** Never sent: for events only. */
  readonly cause?: unknown
}

const brand = Symbol.for('bailiwick.OAuthError')

/** A failure the protocol has a code for. Everything else that is thrown is a server error. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError'
  readonly code: OAuthErrorCode
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** @internal */
  readonly [brand] = true

  constructor(code: OAuthErrorCode, options: OAuthErrorOptions = {}) {
    super(options.description ?? code, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.status = options.status ?? statuses[code]
    this.headers = options.headers ?? {}
  }
}

/** Tells whether something thrown is an {@link OAuthError}, also when two copies of this package are installed. */
export function isOAuthError(error: unknown): error is OAuthError {
  return typeof error === 'object' && error !== null && brand in error
}
