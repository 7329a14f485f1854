import type { VerifiedToken } from './check-claims.js'

/** Whether the client acts for itself and not for a user: no subject, or the client as subject (RFC 9068 section 2.2). */
export function isMachine({
  subject,
  clientId,
}: Pick<VerifiedToken, 'subject' | 'clientId'>): boolean {
  return subject === undefined || subject === clientId
}
