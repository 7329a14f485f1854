import { STATUS_CODES } from 'node:http'
import { formatChallenge } from '@bailiwick/protocol'
import type { HttpResponse } from '@bailiwick/protocol'
import { describeReason } from './reasons.js'
import type { ApiAuthErrorCode, ApiAuthErrorReason } from './reasons.js'

/** What clients are told when a request is refused. */
export interface ChallengeOptions {
  /**
   * Whether the response says in words what is wrong: a fixed text for each reason, never one with a value of the token.
   *
   * @defaultValue `true`
   */
  readonly descriptions?: boolean
  /**
   * What the body is: the `error` and `error_description` of OAuth, the same in a problem document (RFC 9457), or nothing.
   *
   * @defaultValue `'oauth'`
   */
  readonly body?: 'oauth' | 'problem+json' | 'none'
}

/** What every challenge of one API says about it. */
export interface ChallengeOrigin {
  /** The protection space (RFC 9110 section 11.5). */
  readonly realm?: string
  /** The address of the metadata document (RFC 9728 section 5.1). */
  readonly resourceMetadata?: string
  /** @defaultValue descriptions, and a body as OAuth has it */
  readonly style?: ChallengeOptions
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
  const inWords = told && origin.style?.descriptions !== false
  return formatChallenge({
    scheme: 'Bearer',
    parameters: {
      realm: origin.realm,
      error: told ? code : undefined,
      error_description: inWords ? description : undefined,
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
  /** Whether clients may see the message, which is written for them. */
  readonly expose: boolean
  /** What the body of the response is. */
  readonly body: 'oauth' | 'problem+json' | 'none'
  /** @internal */
  readonly [brand] = true

  constructor(reason: ApiAuthErrorReason, options: ApiAuthErrorOptions) {
    const { code, description, status, challenge } = describeReason(reason)
    super(description, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.reason = reason
    this.status = status
    this.expose = options.origin.style?.descriptions !== false
    this.body = options.origin.style?.body ?? 'oauth'
    this.headers = {
      ...(challenge && { 'www-authenticate': challengeOf(code, description, options) }),
      ...(status === 503 && { 'retry-after': String(options.retryAfter ?? 1) }),
      'cache-control': 'no-store',
      'access-control-expose-headers': 'WWW-Authenticate',
    }
  }
}

interface Content {
  readonly type: string
  readonly value: object
}

/** Tells whether something thrown is an {@link ApiAuthError}, also when two copies of this package are installed. */
export function isApiAuthError(error: unknown): error is ApiAuthError {
  return typeof error === 'object' && error !== null && brand in error
}

function contentOf({ code, status, message, expose, body }: ApiAuthError): Content | undefined {
  if (code === 'missing_token' || body === 'none') return undefined
  if (body === 'oauth') {
    return {
      type: 'application/json',
      value: { error: code, ...(expose && { error_description: message }) },
    }
  }
  const title = STATUS_CODES[status]
  return {
    type: 'application/problem+json',
    value: { title, status, ...(expose && { detail: message }), error: code },
  }
}

/** The response that answers a request with an error. A request without credentials gets a challenge and no body. */
export function toResponse(error: ApiAuthError): HttpResponse {
  const { status, headers } = error
  const content = contentOf(error)
  if (content === undefined) return { status, headers: { ...headers, 'content-length': '0' } }
  const body = JSON.stringify(content.value)
  return {
    status,
    headers: {
      ...headers,
      'content-type': content.type,
      'content-length': String(body.length),
    },
    body,
  }
}
