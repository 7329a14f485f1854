import { OAuthError } from '@bailiwick/protocol'
import type { Parameters } from '../../http/parameters.js'
import { quoted } from '../../http/quoted.js'
import { responseModes } from '../response-modes/index.js'

/** The only response type: no token ever passes through the front channel (RFC 9700 section 2.1.2). */
export const responseTypes = ['code'] as const

/** Checks `response_type` and `response_mode`. */
export function checkResponseType(parameters: Parameters): void {
  const responseType = parameters.get('response_type')
  if (responseType === undefined) {
    throw new OAuthError('invalid_request', { description: 'response_type is missing' })
  }
  if (responseType !== 'code') {
    throw new OAuthError('unsupported_response_type', {
      description: `response_type ${quoted(responseType)} is not supported: use 'code'`,
    })
  }
  const mode = parameters.get('response_mode')
  const modes = responseModes.map(({ name }) => name)
  if (mode === undefined || modes.some((name) => name === mode)) return
  throw new OAuthError('invalid_request', {
    description: `response_mode ${quoted(mode)} is not supported: use one of ${modes.join(', ')}`,
  })
}
