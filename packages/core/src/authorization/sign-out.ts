import type { HttpResponse } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { withCookies } from '../http/cookies.js'
import { redirect } from '../http/redirect.js'
import { withQuery } from '../http/with-query.js'
import type { LoggedOutPage } from '../pages.js'
import { forgetSession } from './browser-session.js'
import type { SessionEntry } from './browser-session.js'
import { endSession } from './end-session.js'
import { frontChannelLogoutUris } from './front-channel-logout.js'
import type { LogoutPurpose } from './pending-interaction.js'

/** Where a client wants the browser to be sent when all is done, with its `state`. */
export function placeAfterLogout({ redirectUri, state }: LogoutPurpose): string | undefined {
  if (redirectUri === undefined || state === undefined) return redirectUri
  return withQuery(redirectUri, { state })
}

async function clientNameOf(
  { clientId }: LogoutPurpose,
  { clients }: ServerContext,
): Promise<string | undefined> {
  const client = clientId === undefined ? undefined : await clients.find(clientId)
  return client?.display.clientName
}

/** The page is for what a redirect cannot do: load frames, or stay where there is no place to go. */
function answer(page: LoggedOutPage, context: ServerContext): HttpResponse {
  const { redirectUri, frontChannelLogoutUris: frames } = page
  if (redirectUri !== undefined && frames.length === 0) return redirect(redirectUri)
  return context.pages.loggedOut(page)
}

/** Ends the session of a browser, if it has one, and sends the browser on (OpenID Connect RP-Initiated Logout 1.0). */
export async function signOut(
  purpose: LogoutPurpose,
  session: SessionEntry | undefined,
  context: ServerContext,
): Promise<HttpResponse> {
  const page = {
    // Looked up before anything ends, so that who is told to try again can.
    clientName: await clientNameOf(purpose, context),
    redirectUri: placeAfterLogout(purpose),
    frontChannelLogoutUris: [],
    uiLocales: purpose.uiLocales,
  }
  // No cookie is deleted here: the browser may have one that it did not send, and still be signed in.
  if (session === undefined) return answer(page, context)
  const notices = await endSession(session, context)
  const uris = frontChannelLogoutUris(notices, context)
  const response = answer({ ...page, frontChannelLogoutUris: uris }, context)
  return withCookies(response, [forgetSession(context)])
}
