import type { ServerContext } from '../context.js'
import type { LogoutNotice } from '../tokens/logout-token.js'
import { tellClients } from './back-channel-logout.js'
import { sessions } from './browser-session.js'
import type { SessionEntry } from './browser-session.js'
import { removeUnusedCodes } from './remove-unused-codes.js'

/** A notice for each client of a session. One that cannot be looked up is reported and holds up none of the others. */
async function noticesOf(
  { sessionId, data: { subject, clients } }: SessionEntry,
  context: ServerContext,
): Promise<readonly LogoutNotice[]> {
  const notices = await Promise.all(
    clients.map(async (clientId) => {
      try {
        const client = await context.clients.find(clientId)
        return client === undefined ? [] : [{ client, subject, sessionId }]
      } catch (cause) {
        context.emit({ type: 'logout_failed', clientId, sessionId, attempts: 0, cause })
        return []
      }
    }),
  )
  return notices.flat()
}

/**
 * Ends a session: nobody is signed in with it any more, and its clients are told so from server to server. Gives the
 * notices, for what only the browser can tell the clients.
 *
 * @throws OAuthError `temporarily_unavailable` when the store cannot remove it.
 */
export async function endSession(
  session: SessionEntry,
  context: ServerContext,
): Promise<readonly LogoutNotice[]> {
  const { sessionId, data } = session
  // Else its clients could begin a session of their own after they were told that this one has ended.
  await removeUnusedCodes({ sessionId }, context)
  const taken = await sessions(context).take(session.id)
  // What was taken is newer than what was found: a client may have got something in between.
  const notices = await noticesOf({ ...session, ...(taken && { data: taken.data }) }, context)
  // Of two requests that end it at once, one tells the clients.
  if (taken === undefined) return notices
  context.emit({ type: 'signed_out', subject: data.subject, sessionId })
  try {
    // Again, for those that came until the session was gone.
    await removeUnusedCodes({ sessionId }, context)
  } finally {
    tellClients(notices, context)
  }
  return notices
}
