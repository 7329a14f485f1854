import { isOAuthError, OAuthError, safeText } from '@bailiwick/protocol'
import type { HttpResponse } from '@bailiwick/protocol'

/** Keeps caches from keeping an answer: RFC 6749 section 5.1 asks for both. */
export const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' } as const

/** A JSON response that caches must not keep. */
export function json(
  body: object,
  { status = 200, headers = {} }: Partial<HttpResponse> = {},
): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', ...noStore, ...headers },
    body: JSON.stringify(body),
  }
}

/** A JSON document that is the same for everybody, and may be kept for a while. */
export function publicJson(body: object, { maxAge }: { readonly maxAge: number }): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'cache-control': `public, max-age=${maxAge}`,
    },
    body: JSON.stringify(body),
  }
}

/** Takes what was thrown for a protocol failure, or for a server error that tells the client nothing more. */
export function toOAuthError(error: unknown): OAuthError {
  if (isOAuthError(error)) return error
  return new OAuthError('server_error', { description: 'an internal error occurred', cause: error })
}

/** The error response of RFC 6749 section 5.2. */
export function errorResponse({ code, message, status, headers }: OAuthError): HttpResponse {
  return json({ error: code, error_description: safeText(message) }, { status, headers })
}
