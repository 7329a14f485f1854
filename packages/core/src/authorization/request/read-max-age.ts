import { OAuthError } from '@bailiwick/protocol'
import type { Parameters } from '../../http/parameters.js'

/** Reads `max_age`: how many seconds ago the user may have signed in (OpenID Connect Core 1.0 section 3.1.2.1). */
export function readMaxAge(parameters: Parameters): number | undefined {
  const text = parameters.get('max_age')
  if (text === undefined) return undefined
  if (/^\d{1,10}$/.test(text)) return Number(text)
  throw new OAuthError('invalid_request', {
    description: 'max_age must be a whole number of seconds',
  })
}
