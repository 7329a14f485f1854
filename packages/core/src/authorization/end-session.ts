import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { sessions } from './browser-session.js'
import type { SessionEntry } from './browser-session.js'
import { notifyClients } from './notify-clients.js'

async function clientsOf(
  { data }: SessionEntry,
  { clients }: ServerContext,
): Promise<readonly RegisteredClient[]> {
  const found = await Promise.all(data.clients.map((clientId) => clients.find(clientId)))
  return found.filter((client) => client !== undefined)
}

/** The URL that a client wants to be loaded in the browser (OpenID Connect Front-Channel Logout 1.0 section 2). */
function frontChannelUri(
  { frontChannelLogoutUri: uri, frontChannelLogoutSessionRequired: namesSession }: RegisteredClient,
  sessionId: string,
  issuer: string,
): readonly string[] {
  if (uri === undefined) return []
  const url = new URL(uri)
  if (namesSession) {
    url.searchParams.append('iss', issuer)
    url.searchParams.append('sid', sessionId)
  }
  return [url.href]
}

/**
 * Ends a session: nobody is signed in with it any more, and the clients that got something in it are told, those with
 * a back channel in the background.
 *
 * @returns what the browser has to load so that the others learn of it too.
 */
export async function endSession(
  session: SessionEntry,
  context: ServerContext,
): Promise<readonly string[]> {
  const ended = await sessions(context).take(session.id)
  // Another request has ended it, and tells the clients.
  if (ended === undefined) return []
  const clients = await clientsOf(session, context)
  const { sessionId } = session
  const { subject } = session.data
  void notifyClients(clients, { subject, sessionId }, context)
  return clients.flatMap((client) => frontChannelUri(client, sessionId, context.issuer))
}
