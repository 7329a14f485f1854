import type { HttpResponse } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { findSession } from './browser-session.js'
import { logOut } from './log-out.js'
import type { Resumed } from './resume.js'

/** Goes on where a user was asked whether to sign out. Who does not want to stays where they were. */
export async function finishLogout(
  { purpose, answer, request }: Resumed<'logout'>,
  context: ServerContext,
): Promise<HttpResponse> {
  const { clientId, redirectUri, state, uiLocales } = purpose
  const client = clientId === undefined ? undefined : await context.clients.find(clientId)
  const after = { client, redirectUri, state, uiLocales }
  if (answer.kind === 'logout') return logOut(await findSession(request, context), after, context)
  return context.pages.error({
    error: 'access_denied',
    description: 'you are still signed in',
    status: 200,
    uiLocales,
  })
}
