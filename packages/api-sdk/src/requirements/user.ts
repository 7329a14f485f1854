import { isMachine } from '../tokens/is-machine.js'
import { permission } from './permission.js'
import type { Requirement } from './requirement.js'

/** Needs a token about a user, and not one of a client that acts for itself. Refused with 403 and no challenge. */
export function user(): Requirement<never> {
  return permission('subject_mismatch', (access) => !isMachine(access))
}
