import { STATUS_CODES } from 'node:http'
import type { HttpResponse } from '@bailiwick/protocol'
import { writeChallenges } from './challenges.js'
import type { ChallengeContent } from './challenges.js'
import { describeReason } from './reasons.js'
import type { ApiAuthErrorCode, ApiAuthErrorReason } from './reasons.js'

/** What an {@link ApiAuthError} is made of beyond its reason. */
export interface ApiAuthErrorOptions extends Omit<ChallengeContent, 'code' | 'description'> {
  /** In seconds. */
  readonly retryAfter?: number | undefined
  /** What the response has to say besides the error. */
  readonly responseHeaders?: HttpResponse['headers'] | undefined
  /** Never sent. */
  readonly cause?: unknown
}

const brand = Symbol.for('bailiwick.ApiAuthError')

function challengeHeader(content: ChallengeContent): HttpResponse['headers'] {
  const challenges = writeChallenges(content)
  return { 'www-authenticate': challenges.length === 1 ? challenges[0] : challenges }
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
  /** Header fields with lower-case names: challenges or `Retry-After`, and that nobody may store the response. */
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
      ...options.responseHeaders,
      ...(challenge && challengeHeader({ ...options, code, description })),
      ...(status === 503 && { 'retry-after': String(options.retryAfter ?? 1) }),
      'cache-control': 'no-store',
      'access-control-expose-headers': 'WWW-Authenticate, DPoP-Nonce',
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
