import { OAuthError } from '@bailiwick/protocol'
import type { Parameters } from '../../http/parameters.js'

const unsupported = [
  ['request', 'request_not_supported'],
  ['request_uri', 'request_uri_not_supported'],
  ['registration', 'registration_not_supported'],
] as const

/** Refuses what must not be ignored when it is not supported (OpenID Connect Core 1.0 sections 6 and 7.2.1). */
export function checkRequestObject(parameters: Parameters): void {
  for (const [name, code] of unsupported) {
    if (parameters.get(name) !== undefined) {
      throw new OAuthError(code, { description: `${name} is not supported: send parameters` })
    }
  }
}
