import type { HttpResponse } from '@bailiwick/protocol'
import type {
  AuthorizationServer,
  AuthorizationServerOptions,
  Client,
  ServerEvent,
} from '../../src/index.js'
import { authorizeWith, createBrowser, peopleServer, redeem, spa, web } from './people.js'
import type { TestBrowser } from './people.js'
import { bodyOf } from './server.js'

export const goodbye = 'https://app.example.com/goodbye'
export const goodbyeWithQuery = 'https://app.example.com/goodbye?from=id'

/** Clients that may be gone back to after a logout. */
export const leavingClients: readonly Client[] = [
  { ...web, postLogoutRedirectUris: [goodbye, goodbyeWithQuery] },
  { ...spa, postLogoutRedirectUris: ['https://spa.example.com/'] },
]

/** A server from which people sign out; a test says what differs. */
export const logoutServer = (
  options: Partial<AuthorizationServerOptions> = {},
): AuthorizationServer => peopleServer({ clients: leavingClients, ...options })

/** Somebody who is signed in in a browser, and the ID token that the client got for it. */
export interface SignedIn {
  readonly browser: TestBrowser
  readonly idToken: string
}

/** Who signs in, where, and at which client. */
export interface SignIn {
  readonly browser?: TestBrowser
  readonly clientId?: string
  readonly subject?: string
  /** `login`: also if somebody is signed in. */
  readonly prompt?: 'login'
}

/** Signs a user in with a browser, as a client does that then gets an ID token. */
export async function signInWith(
  server: AuthorizationServer,
  { browser = createBrowser(server), clientId = 'web', subject = 'alice', prompt }: SignIn = {},
): Promise<SignedIn> {
  const query = { client_id: clientId, scope: 'openid', prompt }
  const answer = await authorizeWith(server, query, { browser, login: { subject } })
  const response = await redeem(
    server,
    answer.searchParams.get('code'),
    clientId === 'web' ? {} : { client_id: clientId },
  )
  return { browser, idToken: String(bodyOf(response)['id_token']) }
}

/** The address of a logout request with these parameters. */
export function endSessionUrl(parameters: Record<string, string> = {}): string {
  return `/end_session?${new URLSearchParams(parameters).toString()}`
}

/** Whether a browser has a session that the server knows. */
export async function isSignedIn(
  server: AuthorizationServer,
  browser: TestBrowser,
): Promise<boolean> {
  return (await server.sessions.find({ headers: browser.headers() })) !== undefined
}

/** Whether an answer makes the browser forget its session. */
export const deletesCookie = ({ headers }: HttpResponse): boolean =>
  [headers['set-cookie'] ?? []]
    .flat()
    .some((cookie) => cookie.startsWith('__Host-bailiwick-session=;'))

export const page = { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } }

/** Collects events, and tells when there are so many of a kind. */
export interface EventLog {
  readonly onEvent: (event: ServerEvent) => void
  readonly logouts: () => readonly ServerEvent[]
  readonly untilLogouts: (count: number) => Promise<readonly ServerEvent[]>
}

/** Watches how the notices to clients end, without waiting for a time to pass. */
export function createEventLog(): EventLog {
  const events: ServerEvent[] = []
  const waiting = new Set<() => void>()
  const logouts = () => events.filter(({ type }) => type.startsWith('logout_'))
  return {
    logouts,
    onEvent(event) {
      events.push(event)
      for (const look of waiting) look()
    },
    untilLogouts: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (logouts().length >= count) resolve(logouts())
        }
        waiting.add(look)
        look()
      }),
  }
}
