import { OAuthError } from '@bailiwick/protocol'
import { collection } from '../collection.js'
import type { Collection, Entry } from '../collection.js'
import type { ServerContext } from '../context.js'
import { cookieFor, deleteCookie, readCookie, writeCookie } from '../http/cookies.js'
import type { Cookie } from '../http/cookies.js'
import { createHandle, handleId } from '../tokens/handle.js'
import type { AuthenticatedUser } from '../tokens/issuance.js'
import type { HttpRequest } from '@bailiwick/protocol'
import type { Login } from './interaction.js'

/** That a user is signed in in one browser, as it is stored. */
export interface StoredSession extends Required<Pick<AuthenticatedUser, 'subject' | 'authTime'>> {
  readonly amr?: readonly string[]
  readonly acr?: string
  readonly identityProvider?: string
  readonly claims?: Login['claims'] & object
  /** From when the absolute lifetime counts, in seconds since the epoch. */
  readonly startedAt: number
  /** The clients that got something in this session: they are told when it ends. */
  readonly clients: readonly string[]
}

/** A session, and what the store knows of it. `sessionId` is its `sid`. */
export type SessionEntry = Entry<StoredSession> & { readonly sessionId: string }

type State = Pick<ServerContext, 'store' | 'now' | 'session' | 'issuer'>

const cookieOf = ({ issuer }: Pick<ServerContext, 'issuer'>): Cookie =>
  cookieFor(issuer, 'bailiwick-session')

/** The stored sessions, found by the hash of what the browser's cookie holds. */
export const sessions = (
  context: Pick<ServerContext, 'store' | 'now'>,
): Collection<StoredSession> => collection('session', context)

/** Whether a stored session has its `sid`, which every one has. */
export const hasSessionId = (entry: Entry<StoredSession>): entry is SessionEntry =>
  entry.sessionId !== undefined

/** Finds the session of the browser that sends a request. */
export async function findSession(
  request: Pick<HttpRequest, 'headers'>,
  context: State,
): Promise<SessionEntry | undefined> {
  const handle = readCookie(request, cookieOf(context))
  if (handle === undefined || handle === '') return undefined
  const entry = await sessions(context).find(handleId(handle))
  return entry !== undefined && hasSessionId(entry) ? entry : undefined
}

const expiryOf = (startedAt: number, { session, now }: State): number =>
  Math.min(startedAt + session.absoluteLifetime, now() + session.idleLifetime)

/** A session that has begun, and the cookie that the browser is to keep for it. */
export interface StartedSession {
  readonly session: SessionEntry
  readonly setCookie: string
}

/** A login as it is stored: an absent member stays absent. */
function storedLogin(login: Login, startedAt: number): Omit<StoredSession, 'clients'> {
  const { subject, authTime = startedAt, amr, acr, identityProvider, claims } = login
  return {
    subject,
    authTime,
    ...(amr !== undefined && { amr }),
    ...(acr !== undefined && { acr }),
    ...(identityProvider !== undefined && { identityProvider }),
    ...(claims !== undefined && { claims }),
    startedAt,
  }
}

/**
 * Signs a user in. The cookie is always a new one, so that one which somebody planted before is worth nothing; who
 * signs in again keeps the `sid` and the clients of the session before, so that its end still reaches them.
 */
export async function startSession(
  login: Login,
  previous: SessionEntry | undefined,
  context: State,
): Promise<StartedSession> {
  const handle = createHandle()
  const startedAt = context.now()
  const continued = previous?.data.subject === login.subject ? previous : undefined
  const session = {
    id: handleId(handle),
    subject: login.subject,
    sessionId: continued?.sessionId ?? createHandle(),
    expiresAt: expiryOf(startedAt, context),
    data: { ...storedLogin(login, startedAt), clients: continued?.data.clients ?? [] },
  }
  await sessions(context).insert(session)
  if (continued !== undefined) await sessions(context).take(continued.id)
  return {
    session: { ...session, version: 0 },
    setCookie: writeCookie(cookieOf(context), handle),
  }
}

/** The cookie that makes the browser forget its session. */
export const forgetSession = (context: Pick<ServerContext, 'issuer'>): string =>
  deleteCookie(cookieOf(context))

/** More than a browser sends at once that opens all its tabs again: of those that try at once, one gets through. */
const mostAttempts = 64

/**
 * Notes that a client gets something in a session, and that the session is in use. When other requests of the same
 * session keep getting in between it is tried again. A client that is not noted would not be told when it ends.
 *
 * @throws OAuthError `login_required` when the session has ended meanwhile, and `temporarily_unavailable` when it
 * cannot be noted.
 */
export async function useSession(
  session: SessionEntry,
  clientId: string,
  context: State,
): Promise<void> {
  let current: Entry<StoredSession> = session
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const { clients, startedAt } = current.data
    const used = {
      ...current,
      expiresAt: expiryOf(startedAt, context),
      data: { ...current.data, clients: [...new Set([...clients, clientId])] },
    }
    // oxlint-disable-next-line no-await-in-loop -- each attempt depends on how the one before ended
    if (await sessions(context).replace(used)) return
    // oxlint-disable-next-line no-await-in-loop
    const found = await sessions(context).find(session.id)
    if (found === undefined) {
      throw new OAuthError('login_required', { description: 'the session has ended meanwhile' })
    }
    current = found
  }
  throw new OAuthError('temporarily_unavailable', {
    description: 'too many requests use this session at the same time',
    headers: { 'retry-after': '5' },
  })
}

/** The user of a session, as tokens tell of them. */
export function userOf({ sessionId, data }: SessionEntry): AuthenticatedUser {
  const { startedAt: _startedAt, clients: _clients, ...user } = data
  return { ...user, sessionId }
}
