import type { HttpResponse } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { withCookies } from '../http/cookies.js'
import { redirect } from '../http/redirect.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { forgetSession } from './browser-session.js'
import type { SessionEntry } from './browser-session.js'
import { endSession } from './end-session.js'

/** Where a user goes on after signing out. */
export interface AfterLogout {
  /** Who asked for it. */
  readonly client: RegisteredClient | undefined
  /** One that the client has registered; `state` is added to it. */
  readonly redirectUri: string | undefined
  readonly state: string | undefined
  readonly uiLocales: readonly string[]
}

function withState(uri: string, state: string | undefined): string {
  if (state === undefined) return uri
  const query = new URLSearchParams({ state }).toString()
  return `${uri}${uri.includes('?') ? '&' : '?'}${query}`
}

/** Sends the browser on after a logout, or shows that there is nothing left to do. */
export function goOn(
  { client, redirectUri, state, uiLocales }: AfterLogout,
  frontChannelLogoutUris: readonly string[],
  { pages }: Pick<ServerContext, 'pages'>,
): HttpResponse {
  const target = redirectUri === undefined ? undefined : withState(redirectUri, state)
  if (target !== undefined && frontChannelLogoutUris.length === 0) return redirect(target)
  return pages.loggedOut({
    clientName: client?.display.clientName,
    redirectUri: target,
    frontChannelLogoutUris,
    uiLocales,
  })
}

/** Signs the user out, in this browser and at the clients, and goes on. */
export async function logOut(
  session: SessionEntry | undefined,
  after: AfterLogout,
  context: ServerContext,
): Promise<HttpResponse> {
  const uris = session === undefined ? [] : await endSession(session, context)
  return withCookies(goOn(after, uris, context), [forgetSession(context)])
}
