import { readClaim, readPath } from './claim-path.js'
import { checkClaimLocation } from './claim-location.js'
import type { ClaimLocation } from './claim-location.js'
import { readNames } from './names.js'
import type { Names } from './names.js'
import { permission } from './permission.js'
import type { Requirement } from './requirement.js'

/**
 * Needs the token to belong to a tenant, or to any of several, by the claim `tenant_id` or the one that `at` names. For
 * a tenant that stands in the path use it in the handler, which has the value that the router read. Refused with 403 and
 * no challenge.
 *
 * @example
 * ```ts
 * guard.auth(request).require(tenant(request.params.tenant))
 * ```
 * @throws ConfigurationError without a tenant, and for another option than `at`.
 */
export function tenant(names: Names, options: ClaimLocation = {}): Requirement<never> {
  const accepted = readNames('tenant', names)
  checkClaimLocation('tenant', options)
  const path = readPath('tenant', options.at ?? 'tenant_id')
  return permission('tenant_mismatch', ({ claims }) => {
    const value = readClaim(claims, path)
    return typeof value === 'string' && accepted.includes(value)
  })
}
