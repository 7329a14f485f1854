import type { ForbiddenReason } from '../errors/reasons.js'
import type { GrantedAccess, Requirement } from './requirement.js'

/** A requirement about what no other scope and no other authentication would change. */
export function permission(
  reason: ForbiddenReason,
  isMet: (access: GrantedAccess) => boolean,
): Requirement<never> {
  return {
    scopes: [],
    advertised: [],
    findUnmet: (access) => (isMet(access) ? undefined : { reason }),
  }
}
