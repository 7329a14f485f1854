import { formatChallenge } from '@bailiwick/protocol'
import type { HttpResponse } from '@bailiwick/protocol'
import { describeReason } from './reasons.js'
import type { ApiAuthErrorCode, ApiAuthErrorReason } from './reasons.js'

/** What every challenge of one API says about it. */
export interface ChallengeOrigin {
  /** The protection space (RFC 9110 section 11.5). */
  readonly realm?: string
  /** The address of the metadata document (RFC 9728 section 5.1). */
  readonly resourceMetadata?: string
}

/** What an {@link ApiAuthError} is made of beyond its reason. */
export interface ApiAuthErrorOptions {
  readonly origin: ChallengeOrigin
  /** What the client should ask for. */
  readonly scopes?: readonly string[] | undefined
  /** How the user should authenticate: in any of these ways (RFC 9470 section 3). */
  readonly acrValues?: readonly string[] | undefined
  /** How long ago the user may have authenticated, in seconds (RFC 9470 section 3). */
  readonly maxAge?: number | undefined
  /** In seconds. */
  readonly retryAfter?: number | undefined
  /** Never sent. */
  readonly cause?: unknown
}

const brand = Symbol.for('bailiwick.ApiAuthError')

function challengeOf(
  code: ApiAuthErrorCode,
  description: string,
  { origin, scopes = [], acrValues, maxAge }: ApiAuthErrorOptions,
): string {
  const told = code !== 'missing_token'
  return formatChallenge({
    scheme: 'Bearer',
    parameters: {
      realm: origin.realm,
      error: told ? code : undefined,
      error_description: told ? description : undefined,
      acr_values: acrValues?.join(' '),
      max_age: maxAge?.toString(),
      scope: scopes.length > 0 ? scopes.join(' ') : undefined,
      resource_metadata: origin.resourceMetadata,
    },
  })
}

/**
 * A request that may not pass. `status`, `headers` and `expose` are what the error handlers of Express and Koa look
 * for, so that one thrown in a handler is still answered with its challenge.
 */
export class ApiAuthError extends Error {
  override readonly name = 'ApiAuthError'
  /** What the client is told; `missing_token` is told without words (RFC 6750 section 3.1). */
  readonly code: ApiAuthErrorCode
  /** What exactly went wrong, for logs and metrics. */
  readonly reason: ApiAuthErrorReason
  readonly status: number
  /** Header fields with lower-case names: the challenge or `Retry-After`, and that nobody may store the response. */
  readonly headers: HttpResponse['headers']
  /** The message is written for clients. */
  readonly expose = true
  /** @internal */
  readonly [brand] = true

  constructor(reason: ApiAuthErrorReason, options: ApiAuthErrorOptions) {
    const { code, description, status, challenge } = describeReason(reason)
    super(description, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.reason = reason
    this.status = status
    this.headers = {
      ...(challenge && { 'www-authenticate': challengeOf(code, description, options) }),
      ...(status === 503 && { 'retry-after': String(options.retryAfter ?? 1) }),
      'cache-control': 'no-store',
      'access-control-expose-headers': 'WWW-Authenticate',
    }
  }
}

/** Tells whether something thrown is an {@link ApiAuthError}, also when two copies of this package are installed. */
export function isApiAuthError(error: unknown): error is ApiAuthError {
  return typeof error === 'object' && error !== null && brand in error
}

/** The response that answers a request with an error. A request without credentials gets a challenge and no body. */
export function toResponse({ code, status, headers, message }: ApiAuthError): HttpResponse {
  if (code === 'missing_token') return { status, headers: { ...headers, 'content-length': '0' } }
  const body = JSON.stringify({ error: code, error_description: message })
  return {
    status,
    headers: {
      ...headers,
      'content-type': 'application/json',
      'content-length': String(body.length),
    },
    body,
  }
}
