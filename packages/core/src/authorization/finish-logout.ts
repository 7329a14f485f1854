import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { withCookies } from '../http/cookies.js'
import { findSession, forgetSession } from './browser-session.js'
import { endSession } from './end-session.js'
import type { Answer, Purpose } from './pending-interaction.js'

/** Goes on where a user was asked whether to sign out. */
export async function finishLogout(
  {
    purpose,
    answer,
    request,
  }: {
    readonly purpose: Extract<Purpose, { kind: 'logout' }>
    readonly answer: Answer
    readonly request: HttpRequest
  },
  context: ServerContext,
): Promise<HttpResponse> {
  const session = await findSession(request, context)
  if (answer.kind === 'logout' && session !== undefined) await endSession(session, context)
  const { uiLocales, redirectUri } = purpose
  const page = context.pages.loggedOut({
    clientName: undefined,
    redirectUri,
    frontChannelLogoutUris: [],
    uiLocales,
  })
  return withCookies(page, [forgetSession(context)])
}
