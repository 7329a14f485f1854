import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import { findSession } from '../authorization/browser-session.js'
import type { SessionEntry } from '../authorization/browser-session.js'
import { readLogoutRequest } from '../authorization/logout-request.js'
import { createInteraction } from '../authorization/pending-interaction.js'
import type { LogoutPurpose } from '../authorization/pending-interaction.js'
import { isPostedElsewhere, postAgain } from '../authorization/post-again.js'
import { signOut } from '../authorization/sign-out.js'
import type { ServerContext } from '../context.js'
import { recogniseBrowser } from '../http/browser.js'
import { withCookies } from '../http/cookies.js'
import { readQueryOrForm } from '../http/read-query-or-form.js'
import { redirect } from '../http/redirect.js'
import { urlBelow } from '../issuer-url.js'
import type { IdTokenHint } from '../tokens/verify-id-token-hint.js'
import { answerWithPage } from './answer-with-page.js'
import type { Endpoint } from './endpoint.js'

/** Whether a client knows whose session it ends. Any page can send people here, and must not sign anyone out. */
function isMeant(hint: IdTokenHint | undefined, { sessionId, data }: SessionEntry): boolean {
  if (hint?.subject !== data.subject) return false
  return hint.sessionId === undefined || hint.sessionId === sessionId
}

async function askUser(
  purpose: LogoutPurpose,
  { request, session }: { readonly request: HttpRequest; readonly session: SessionEntry },
  context: ServerContext,
): Promise<HttpResponse> {
  const { mark, setCookie } = recogniseBrowser(request, context)
  const id = await createInteraction(
    { prompt: 'logout', purpose, browser: mark, subject: session.data.subject },
    context,
  )
  return withCookies(redirect(`${context.interactionUrl}/${id}`), [setCookie])
}

/** Where clients send the browser to have its user signed out (OpenID Connect RP-Initiated Logout 1.0 section 2). */
export function endSessionEndpoint(context: ServerContext): Endpoint {
  const path = context.paths.endSession
  return {
    methods: ['GET', 'POST'],
    cors: 'none',
    path,
    metadata: (url) => ({
      end_session_endpoint: url,
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    }),
    async handle(request) {
      const { form, parameters } = await readQueryOrForm(request)
      const { hint, purpose } = await readLogoutRequest(parameters, request, context)
      const session = await findSession(request, context)
      if (session === undefined && isPostedElsewhere(request)) {
        return postAgain(urlBelow(context.issuer, path), form)
      }
      return session === undefined || isMeant(hint, session)
        ? signOut(purpose, session, context)
        : askUser(purpose, { request, session }, context)
    },
    answerError: answerWithPage(context),
  }
}
