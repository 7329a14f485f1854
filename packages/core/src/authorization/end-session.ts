import type { ServerContext } from '../context.js'
import { authorizationCodes } from '../tokens/authorization-code.js'
import type { LogoutNotice } from '../tokens/logout-token.js'
import { tellClients } from './back-channel-logout.js'
import { sessions } from './browser-session.js'
import type { SessionEntry } from './browser-session.js'

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

/** Takes back what its clients could begin a session of their own with after they were told that this one has ended. */
async function removeCodes({ sessionId }: SessionEntry, context: ServerContext): Promise<void> {
  const codes = authorizationCodes(context)
  const issued = await codes.list({ sessionId })
  // One that was redeemed stays, so that a second use is noticed.
  const unused = issued.filter(({ data }) => data.redeemedFor === undefined)
  await Promise.all(unused.map(({ id }) => codes.take(id)))
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
  await removeCodes(session, context)
  const taken = await sessions(context).take(session.id)
  // What was taken is newer than what was found: a client may have got something in between.
  const notices = await noticesOf({ ...session, ...(taken && { data: taken.data }) }, context)
  // Of two requests that end it at once, one tells the clients.
  if (taken === undefined) return notices
  const { sessionId, data } = session
  context.emit({ type: 'signed_out', subject: data.subject, sessionId })
  tellClients(notices, context)
  return notices
}
