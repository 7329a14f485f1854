import { OAuthError } from '@bailiwick/protocol'
import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import { findSession } from '../authorization/browser-session.js'
import type { SessionEntry } from '../authorization/browser-session.js'
import { goOn, logOut } from '../authorization/log-out.js'
import type { AfterLogout } from '../authorization/log-out.js'
import { createInteraction } from '../authorization/pending-interaction.js'
import { readValues } from '../authorization/request/read-values.js'
import type { ServerContext } from '../context.js'
import { recogniseBrowser } from '../http/browser.js'
import { withCookies } from '../http/cookies.js'
import type { Parameters } from '../http/parameters.js'
import { quoted } from '../http/quoted.js'
import { readQueryOrForm } from '../http/read-query-or-form.js'
import { redirect } from '../http/redirect.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { verifyIdTokenHint } from '../tokens/verify-id-token-hint.js'
import type { IdTokenHint } from '../tokens/verify-id-token-hint.js'
import { answerWithPage } from './answer-with-page.js'
import type { Endpoint } from './endpoint.js'

const invalidRequest = (description: string): OAuthError =>
  new OAuthError('invalid_request', { description })

async function readHint(
  parameters: Parameters,
  context: ServerContext,
): Promise<IdTokenHint | undefined> {
  const token = parameters.get('id_token_hint')
  if (token === undefined) return undefined
  const hint = await verifyIdTokenHint(token, context)
  if (hint !== undefined) return hint
  throw invalidRequest('id_token_hint is not an ID token of this server')
}

/** Who asks: by `client_id`, by the ID token, or nobody. */
async function findClient(
  parameters: Parameters,
  hint: IdTokenHint | undefined,
  { clients }: ServerContext,
): Promise<RegisteredClient | undefined> {
  const clientId = parameters.get('client_id') ?? hint?.clientId
  if (clientId === undefined) return undefined
  if (hint !== undefined && hint.clientId !== clientId) {
    throw invalidRequest('client_id is not the client that id_token_hint was issued to')
  }
  const client = await clients.find(clientId)
  if (client === undefined) throw invalidRequest(`client_id ${quoted(clientId)} is unknown`)
  return client
}

function readRedirectUri(
  parameters: Parameters,
  client: RegisteredClient | undefined,
): string | undefined {
  const uri = parameters.get('post_logout_redirect_uri')
  if (uri === undefined) return undefined
  if (client === undefined) {
    throw invalidRequest('post_logout_redirect_uri needs a client: send id_token_hint or client_id')
  }
  if (client.postLogoutRedirectUris.has(uri)) return uri
  throw invalidRequest(`post_logout_redirect_uri ${quoted(uri)} is not registered for this client`)
}

/** Whether the client that asks is one of this very session, so that nobody else can sign a user out. */
const isMeant = (hint: IdTokenHint | undefined, { sessionId, data }: SessionEntry): boolean =>
  hint !== undefined &&
  hint.subject === data.subject &&
  (hint.sessionId === undefined || hint.sessionId === sessionId)

async function askUser(
  request: HttpRequest,
  { after, session }: { readonly after: AfterLogout; readonly session: SessionEntry },
  context: ServerContext,
): Promise<HttpResponse> {
  const browser = recogniseBrowser(request, context)
  const { client, redirectUri, state, uiLocales } = after
  const id = await createInteraction(
    {
      prompt: 'logout',
      purpose: {
        kind: 'logout',
        ...(client !== undefined && { clientId: client.clientId }),
        ...(redirectUri !== undefined && { redirectUri }),
        ...(state !== undefined && { state }),
        uiLocales,
      },
      browser: browser.mark,
      subject: session.data.subject,
    },
    context,
  )
  return withCookies(redirect(`${context.interactionUrl}/${id}`), [browser.setCookie])
}

/** The end session endpoint (OpenID Connect RP-Initiated Logout 1.0). */
export function endSessionEndpoint(context: ServerContext): Endpoint {
  return {
    methods: ['GET', 'POST'],
    cors: 'none',
    path: context.paths.endSession,
    metadata: (url) => ({
      end_session_endpoint: url,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
    }),
    async handle(request) {
      const { parameters } = await readQueryOrForm(request)
      const hint = await readHint(parameters, context)
      const client = await findClient(parameters, hint, context)
      const after = {
        client,
        redirectUri: readRedirectUri(parameters, client),
        state: parameters.get('state'),
        uiLocales: readValues(parameters, 'ui_locales'),
      }
      const session = await findSession(request, context)
      if (session === undefined) return goOn(after, [], context)
      if (isMeant(hint, session)) return logOut(session, after, context)
      return askUser(request, { after, session }, context)
    },
    answerError: answerWithPage(context),
  }
}
