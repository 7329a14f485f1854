import { isMachine } from '../tokens/is-machine.js'
import { permission } from './permission.js'
import type { Requirement } from './requirement.js'

/** Needs a token of a client that acts for itself, and not one about a user. Refused with 403 and no challenge. */
export function machine(): Requirement<never> {
  return permission('subject_mismatch', isMachine)
}
