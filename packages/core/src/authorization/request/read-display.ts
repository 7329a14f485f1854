import { OAuthError } from '@bailiwick/protocol'
import type { Parameters } from '../../http/parameters.js'
import { quoted } from '../../http/quoted.js'

/** The values of `display` (OpenID Connect Core 1.0 section 3.1.2.1). */
export const displayValues = ['page', 'popup', 'touch', 'wap'] as const

/** Reads `display`: how the client wants pages to be shown. */
export function readDisplay(parameters: Parameters): string | undefined {
  const display = parameters.get('display')
  if (display === undefined || displayValues.some((value) => value === display)) return display
  throw new OAuthError('invalid_request', {
    description: `display ${quoted(display)} is not supported: use ${displayValues.join(', ')}`,
  })
}
