import { removeEverywhere } from '../collection.js'
import type { ServerContext } from '../context.js'
import type { RecordFilter, RecordKind } from '../stores/store.js'

// Refresh tokens come first: a refresh that is under way fails then, and takes back what it has just stored.
const kinds = ['refresh_token', 'reference_token'] as const satisfies readonly RecordKind[]

/**
 * Deletes the refresh tokens and reference tokens that agree with a filter, such as all that descend from one
 * authorization, and tells how many there were. JWTs are stored nowhere and stay good until they expire. A filter
 * without any member is a `TypeError`.
 */
export async function removeTokens(
  filter: Omit<RecordFilter, 'kind'>,
  context: Pick<ServerContext, 'store'>,
): Promise<number> {
  const { subject, clientId, sessionId, family } = filter
  if ([subject, clientId, sessionId, family].every((value) => value === undefined)) {
    throw new TypeError('a filter needs a member: it would remove the tokens of everybody')
  }
  let removed = 0
  for (const kind of kinds) {
    // oxlint-disable-next-line no-await-in-loop -- one kind after the other
    removed += await removeEverywhere({ ...filter, kind }, context)
  }
  return removed
}
