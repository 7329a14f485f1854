import { OAuthError } from '@bailiwick/protocol'
import type { HttpRequest } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { Parameters } from '../http/parameters.js'
import { preferredLocales } from '../http/preferred-locales.js'
import { quoted } from '../http/quoted.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { verifyIdTokenHint } from '../tokens/verify-id-token-hint.js'
import type { IdTokenHint } from '../tokens/verify-id-token-hint.js'
import type { LogoutPurpose } from './pending-interaction.js'
import { readValues } from './request/read-values.js'

/** A logout request that holds up (OpenID Connect RP-Initiated Logout 1.0 section 2). */
export interface LogoutRequest {
  /** Whom the client wants to be signed out. */
  readonly hint: IdTokenHint | undefined
  readonly purpose: LogoutPurpose
}

const invalidRequest = (description: string): OAuthError =>
  new OAuthError('invalid_request', { description })

async function readHint(
  parameters: Parameters,
  context: ServerContext,
): Promise<IdTokenHint | undefined> {
  const token = parameters.get('id_token_hint')
  if (token === undefined) return undefined
  const hint = await verifyIdTokenHint(token, context)
  if (hint === undefined) throw invalidRequest('id_token_hint is not an ID token of this server')
  return hint
}

async function findClient(
  clientId: string | undefined,
  hint: IdTokenHint | undefined,
  { clients }: ServerContext,
): Promise<RegisteredClient | undefined> {
  // A client that is gone since it got its ID token keeps nobody from signing out.
  if (clientId === undefined) return hint && clients.find(hint.clientId)
  if (hint !== undefined && hint.clientId !== clientId) {
    throw invalidRequest(`client_id ${quoted(clientId)} is not the client of id_token_hint`)
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
    throw invalidRequest(
      'post_logout_redirect_uri is one of a client: send id_token_hint or client_id too',
    )
  }
  if (client.postLogoutRedirectUris.has(uri)) return uri
  throw invalidRequest(`post_logout_redirect_uri ${quoted(uri)} is not registered for this client`)
}

/**
 * Checks a logout request. `logout_hint` is not looked at: who is signed in is known by the cookie.
 *
 * @throws OAuthError `invalid_request` that nobody but the user can be told.
 */
export async function readLogoutRequest(
  parameters: Parameters,
  request: HttpRequest,
  context: ServerContext,
): Promise<LogoutRequest> {
  const hint = await readHint(parameters, context)
  const client = await findClient(parameters.get('client_id'), hint, context)
  const redirectUri = readRedirectUri(parameters, client)
  const state = parameters.get('state')
  const asked = readValues(parameters, 'ui_locales')
  return {
    hint,
    purpose: {
      kind: 'logout',
      ...(client !== undefined && { clientId: client.clientId }),
      ...(redirectUri !== undefined && { redirectUri }),
      ...(state !== undefined && { state }),
      uiLocales: asked.length > 0 ? asked : preferredLocales(request),
    },
  }
}
