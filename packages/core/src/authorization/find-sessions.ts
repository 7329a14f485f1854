import type { ServerContext } from '../context.js'
import type { AdministrationFilter } from './administration.js'
import { hasSessionId, sessions } from './browser-session.js'
import type { SessionEntry, StoredSession } from './browser-session.js'
import type { Entry } from '../collection.js'

/** The members that a stored session is found by: which clients got something in it is only written inside. */
export const ownersOf = ({
  subject,
  sessionId,
}: AdministrationFilter): Omit<AdministrationFilter, 'clientId'> => ({
  ...(subject !== undefined && { subject }),
  ...(sessionId !== undefined && { sessionId }),
})

/** Those of these sessions in which the client of a filter, if it names one, got something. */
export const withClient = (
  entries: readonly Entry<StoredSession>[],
  { clientId }: AdministrationFilter,
): readonly SessionEntry[] =>
  entries
    .filter(hasSessionId)
    .filter(({ data }) => clientId === undefined || data.clients.includes(clientId))

/** Finds all sessions that agree with a filter. */
export async function findSessions(
  filter: AdministrationFilter,
  context: ServerContext,
): Promise<readonly SessionEntry[]> {
  return withClient(await sessions(context).list(ownersOf(filter)), filter)
}
