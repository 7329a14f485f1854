import { isOAuthError } from '@bailiwick/protocol'
import type { OAuthError } from '@bailiwick/protocol'

/** What can go wrong on the way to a page, and its HTTP status. The texts are `<name>Title` and `<name>Text`. */
const statuses = {
  notValid: 400,
  otherBrowser: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFromHere: 403,
  unreadable: 400,
  tooLarge: 413,
  wrongMethod: 405,
  unavailable: 503,
  serverError: 500,
} as const satisfies Record<string, number>

/** What can go wrong on the way to a page. */
export type FailureKind = keyof typeof statuses

/** What is known about a failure beyond its kind. */
export interface PageFailureOptions {
  /** Replaces the status of the kind. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Never shown. */
  readonly cause?: unknown
}

/** A failure that people are told about on a page of its own. */
export class PageFailure extends Error {
  override readonly name = 'PageFailure'
  readonly kind: FailureKind
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(kind: FailureKind, options: PageFailureOptions = {}) {
    super(kind, 'cause' in options ? { cause: options.cause } : undefined)
    this.kind = kind
    this.status = options.status ?? statuses[kind]
    this.headers = options.headers ?? {}
  }
}

function fromOAuthError(error: OAuthError): PageFailure {
  const { code, status, headers } = error
  if (code === 'temporarily_unavailable') {
    const retryAfter = headers['retry-after'] ?? '5'
    return new PageFailure('unavailable', { headers: { 'retry-after': retryAfter }, cause: error })
  }
  return new PageFailure(status >= 500 ? 'serverError' : 'notValid', { cause: error })
}

/** Finds out what to tell people about something that was thrown. */
export function toPageFailure(thrown: unknown): PageFailure {
  if (thrown instanceof PageFailure) return thrown
  if (isOAuthError(thrown)) return fromOAuthError(thrown)
  return new PageFailure('serverError', { cause: thrown })
}
