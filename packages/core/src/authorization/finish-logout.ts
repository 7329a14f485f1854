import { OAuthError } from '@bailiwick/protocol'
import type { HttpResponse } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { redirect } from '../http/redirect.js'
import { findSession } from './browser-session.js'
import type { LogoutPurpose } from './pending-interaction.js'
import type { Resumed } from './resume.js'
import { placeAfterLogout, signOut } from './sign-out.js'

/** The client has ended its own session already: it gets its user back, who is still signed in here. */
function staySignedIn(purpose: LogoutPurpose): HttpResponse {
  const place = placeAfterLogout(purpose)
  if (place !== undefined) return redirect(place)
  throw new OAuthError('access_denied', { description: 'the user stays signed in' })
}

/**
 * Goes on where a user was asked whether to sign out. Who is signed in by now is signed out, also if somebody else was
 * when the question came up: it is the same browser, and nobody is to stay signed in who believes not to be.
 *
 * @throws OAuthError `access_denied` when the user stays signed in and there is no place to go.
 */
export async function finishLogout(
  { purpose, answer, request }: Resumed<'logout'>,
  context: ServerContext,
): Promise<HttpResponse> {
  if (answer.kind !== 'logout') return staySignedIn(purpose)
  return signOut(purpose, await findSession(request, context), context)
}
