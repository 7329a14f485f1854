import { decide } from '../requirements/predicate.js'
import type { VerifiedToken } from './check-claims.js'

/** Whether the client acts for itself and not for a user, by what tokens of this shape say about that. */
export function isMachine({
  shape,
  subject,
  clientId,
  claims,
}: Pick<VerifiedToken, 'shape' | 'subject' | 'clientId' | 'claims'>): boolean {
  return decide(shape.isMachine, { subject, clientId, claims })
}
