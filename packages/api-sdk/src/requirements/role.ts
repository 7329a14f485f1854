import { readClaim, readPath } from './claim-path.js'
import { checkClaimLocation } from './claim-location.js'
import type { ClaimLocation } from './claim-location.js'
import { readNames } from './names.js'
import type { Names } from './names.js'
import { permission } from './permission.js'
import type { GrantedAccess, Requirement } from './requirement.js'

type ReadRoles = (access: GrantedAccess) => readonly unknown[]

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

// Issuers write a list of one role as a text. It is one role all the same, whatever is in it.
const usualRoles: ReadRoles = ({ claims, shape: { roles } }) =>
  roles.flatMap((path) => readClaim(claims, [path].flat()))

/**
 * Needs a role, or any of several. Roles are compared as a whole, and found where tokens of the issuer have them, that is
 * in the claims `roles` and `role`, each a list or one text; in a claim that `at` names they must be a list. Refused with 403 and no challenge.
 *
 * @example
 * ```ts
 * guard(all('invoice.pay', role('accountant', { at: ['realm_access', 'roles'] })))
 * ```
 * @throws ConfigurationError without a role, and for another option than `at`.
 */
export function role(names: Names, options: ClaimLocation = {}): Requirement<never> {
  const wanted = readNames('role', names)
  checkClaimLocation('role', options)
  const path = options.at === undefined ? undefined : readPath('role', options.at)
  const read: ReadRoles =
    path === undefined ? usualRoles : ({ claims }) => listed(readClaim(claims, path))
  return permission('role_mismatch', (access) => {
    const held = read(access)
    return wanted.some((name) => held.includes(name))
  })
}
