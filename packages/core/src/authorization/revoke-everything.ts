import type { ServerContext } from '../context.js'
import type { LogoutNotice } from '../tokens/logout-token.js'
import { referenceTokens } from '../tokens/reference-token.js'
import { refreshTokens } from '../tokens/refresh-token.js'
import { removeTokens } from '../tokens/remove-tokens.js'
import type { AdministrationFilter, Revoked } from './administration.js'
import { tellClients } from './back-channel-logout.js'
import type { SessionEntry } from './browser-session.js'
import { endSession } from './end-session.js'
import { findSessions } from './find-sessions.js'
import { consents } from './remembered-consent.js'
import { removeUnusedCodes } from './remove-unused-codes.js'

/** A client that has something in a session of a user. */
interface Party {
  readonly clientId: string
  readonly subject: string
  readonly sessionId: string
}

/** Of sessions that may have ended long ago: their clients act on, with what they have. */
async function partiesWithTokens(
  filter: AdministrationFilter,
  context: ServerContext,
): Promise<readonly Party[]> {
  const tokens = [
    ...(await refreshTokens(context).list(filter)),
    ...(await referenceTokens(context).list(filter)),
  ]
  return tokens.flatMap(({ clientId, subject, sessionId }) =>
    clientId === undefined || subject === undefined || sessionId === undefined
      ? []
      : [{ clientId, subject, sessionId }],
  )
}

const partiesOf = ({ sessionId, data }: SessionEntry): readonly Party[] =>
  data.clients.map((clientId) => ({ clientId, subject: data.subject, sessionId }))

/** Each once. */
const distinct = (parties: readonly Party[]): readonly Party[] => [
  ...new Map(parties.map((party) => [JSON.stringify(Object.values(party)), party])).values(),
]

async function noticesFor(
  parties: readonly Party[],
  { clients }: ServerContext,
): Promise<readonly LogoutNotice[]> {
  const notices = await Promise.all(
    distinct(parties).map(async ({ clientId, ...session }) => {
      const client = await clients.find(clientId)
      return client === undefined ? [] : [{ client, ...session }]
    }),
  )
  return notices.flat()
}

async function removeGrants(filter: AdministrationFilter, context: ServerContext): Promise<number> {
  await removeUnusedCodes(filter, context)
  const tokens = await removeTokens(filter, context)
  return tokens + (await consents(context).removeAll(filter))
}

/** Ends the sessions, which tells their clients, unless it is about one client: then it alone is told. */
async function endSessions(
  sessions: readonly SessionEntry[],
  { clientId }: AdministrationFilter,
  context: ServerContext,
): Promise<number> {
  if (clientId !== undefined) return 0
  await Promise.all(sessions.map((session) => endSession(session, context)))
  return sessions.length
}

/**
 * Takes back what agrees with a filter. Sessions end first, so that nothing new comes out of them. It can be
 * repeated when it fails in the middle.
 */
export async function revokeEverything(
  filter: AdministrationFilter,
  context: ServerContext,
): Promise<Revoked> {
  const sessions = await findSessions(filter, context)
  const toldAtTheEnd = new Set(
    filter.clientId === undefined ? sessions.map(({ sessionId }) => sessionId) : [],
  )
  const parties = [
    ...(await partiesWithTokens(filter, context)),
    ...sessions.flatMap(partiesOf),
  ].filter(
    ({ clientId, sessionId }) =>
      !toldAtTheEnd.has(sessionId) && clientId === (filter.clientId ?? clientId),
  )
  // Looked up before anything ends, so that who is told to try again can.
  const notices = await noticesFor(parties, context)
  const ended = await endSessions(sessions, filter, context)
  try {
    return { sessions: ended, grants: await removeGrants(filter, context) }
  } finally {
    // Also after half of it: what told of these clients may be gone, and who repeats it would not find them.
    tellClients(notices, context)
  }
}
