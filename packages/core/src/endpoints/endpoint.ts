import type { HttpRequest, HttpResponse, OAuthError } from '@bailiwick/protocol'
import type { CorsPolicy } from '../http/cors.js'

/** One endpoint: where it is, what it advertises, and how it answers. */
export interface Endpoint {
  /** Those it answers; HEAD goes with GET. */
  readonly methods: readonly ('GET' | 'POST')[]
  /** Which scripts in browsers may call it. */
  readonly cors: CorsPolicy
  /** Below the issuer, e.g. `/token`. */
  readonly path: string
  /** Further paths that do not begin with the path of the issuer (RFC 8414 section 3.1). */
  readonly rootPaths?: readonly string[]
  /** Members it adds to the authorization server metadata (RFC 8414 section 2), given its own URL. */
  readonly metadata: (url: string) => Readonly<Record<string, unknown>>
  readonly handle: (request: HttpRequest) => Promise<HttpResponse>
  /** Answers what {@link Endpoint.handle} throws. Without it: with JSON (RFC 6749 section 5.2). */
  readonly answerError?: (error: OAuthError, request: HttpRequest) => HttpResponse
}
