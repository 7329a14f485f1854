import { readNames } from './names.js'
import { permission } from './permission.js'
import type { Requirement } from './requirement.js'

/**
 * Needs the token to have been issued to one of these clients (`client_id`, RFC 9068 section 2.2). Refused with 403 and
 * no challenge.
 *
 * @throws ConfigurationError without a client.
 */
export function client(...ids: readonly [string, ...string[]]): Requirement<never> {
  const accepted = readNames('client', ids)
  return permission(
    'client_mismatch',
    ({ clientId }) => clientId !== undefined && accepted.includes(clientId),
  )
}
