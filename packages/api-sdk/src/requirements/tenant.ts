import { readClaim, readPath } from './claim-path.js'
import { checkClaimLocation } from './claim-location.js'
import type { ClaimLocation } from './claim-location.js'
import { readNames } from './names.js'
import type { Names } from './names.js'
import { permission } from './permission.js'
import { readText } from './request-reader.js'
import type { RequestReader } from './request-reader.js'
import type { GrantedAccess, Requirement } from './requirement.js'

/** Which tenants are accepted for a request. */
function acceptedTenants(
  tenants: Names | RequestReader,
): (access: GrantedAccess) => readonly string[] {
  if (typeof tenants === 'function')
    return ({ request }) => [readText(tenants, request)].flatMap((name) => name ?? [])
  const names = readNames('tenant', tenants)
  return () => names
}

/**
 * Needs the token to belong to a tenant, or to any of several, by the claim `tenant_id` or the one that `at` names. A
 * function reads the tenant from the request; where it reads none, nobody belongs to it. Refused with 403 and no
 * challenge.
 *
 * @example
 * ```ts
 * app.get('/:tenant/invoices', guard(tenant((request) => request.params?.['tenant'])), list)
 * ```
 * @throws ConfigurationError without a tenant, and for another option than `at`.
 */
export function tenant(
  tenants: Names | RequestReader,
  options: ClaimLocation = {},
): Requirement<never> {
  const acceptedFor = acceptedTenants(tenants)
  checkClaimLocation('tenant', options)
  const path = readPath('tenant', options.at ?? 'tenant_id')
  return permission('tenant_mismatch', (access) => {
    const value = readClaim(access.claims, path)
    return typeof value === 'string' && acceptedFor(access).includes(value)
  })
}
