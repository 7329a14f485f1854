import type { HttpResponse } from '@bailiwick/protocol'

/**
 * Sends the browser on. 303, because with 307 it would repeat a form with a password (RFC 9700 section 4.12).
 */
export function redirect(location: string): HttpResponse {
  return {
    status: 303,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  }
}
