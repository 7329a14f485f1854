import { OAuthError } from '@bailiwick/protocol'
import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import type { ClientAuthenticationMethod } from '../client-authentication/method.js'
import type { ServerContext } from '../context.js'
import type { EndpointOptions } from '../endpoints/index.js'
import { tokenEndpoint } from '../endpoints/token.js'
import { userinfoEndpoint } from '../endpoints/userinfo.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { encodeForm } from './encode-form.js'
import type { FormFields } from './encode-form.js'
import type { ExplainRequest } from './explain-request.js'
import type { Trace } from './trace.js'
import { verifier, walkToCode, walkToRefreshToken } from './walk-authorization.js'

/** What a token request was answered with. */
export interface TokenResponse {
  readonly access_token: string
  readonly id_token?: string
  readonly refresh_token?: string
}

/** Who walks, and where. */
export interface Walk {
  readonly request: ExplainRequest
  readonly client: RegisteredClient
  readonly grants: EndpointOptions['grants']
  /** With a store of its own, so that nothing remains of it. */
  readonly context: ServerContext
  readonly trace: Trace
}

/** Whoever may ask for an explanation need not have the secrets of the clients. */
const trusted: ClientAuthenticationMethod = {
  name: 'explained',
  read: ({ parameters }) => {
    const clientId = parameters.get('client_id')
    return clientId === undefined ? undefined : { clientId, prove: () => true }
  },
}

const post = (url: string, body: string): HttpRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: async () => body,
})

const bodyOf = ({ body = '{}' }: HttpResponse): unknown => JSON.parse(body)

async function sendTokenRequest(
  fields: FormFields,
  { client, grants, context }: Walk,
): Promise<TokenResponse> {
  const { token: path } = context.paths
  const { handle } = tokenEndpoint(
    { path, grants, clientAuthenticationMethods: [trusted] },
    context,
  )
  const response = await handle(post(path, encodeForm([['client_id', client.clientId], ...fields])))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the endpoint has just written it
  return bodyOf(response) as TokenResponse
}

async function walkWithUser(walk: Walk): Promise<TokenResponse> {
  const { request, client, trace } = walk
  const code = await trace.during('authorization', () => walkToCode(walk))
  const [redirectUri] = client.redirectUris
  const fields: FormFields = [
    ['grant_type', 'authorization_code'],
    ['code', code],
    ['code_verifier', verifier],
    ['redirect_uri', redirectUri],
    ...[request.tokenResource ?? []].flat().map((resource) => ['resource', resource] as const),
  ]
  return trace.during('token', () => sendTokenRequest(fields, walk))
}

async function walkDirectly(grantType: string, walk: Walk): Promise<TokenResponse> {
  const { request, trace } = walk
  const { scope, resources = [], parameters = {} } = request
  const fields: FormFields = [
    ['grant_type', grantType],
    ['scope', scope],
    ...resources.map((resource) => ['resource', resource] as const),
    ...Object.entries(parameters),
  ]
  return trace.during('token', () => sendTokenRequest(fields, walk))
}

async function refreshWith(token: string | undefined, walk: Walk): Promise<TokenResponse> {
  const { request, trace } = walk
  return trace.during('refresh', async () => {
    if (token === undefined) {
      throw new OAuthError('invalid_grant', { description: 'there is no refresh token' })
    }
    const fields: FormFields = [
      ['grant_type', 'refresh_token'],
      ['refresh_token', token],
      ['scope', request.refresh?.scope],
      ['resource', request.refresh?.resource],
    ]
    return sendTokenRequest(fields, walk)
  })
}

/** The grant type that a request uses. */
export const grantTypeOf = ({ grantType, user }: ExplainRequest): string =>
  grantType ?? (user === undefined ? 'client_credentials' : 'authorization_code')

/** Goes the way of a request through the endpoints that issue tokens, and gives what the last of them answered. */
export async function walkToTokens(walk: Walk): Promise<TokenResponse> {
  const { authorized, refresh } = walk.request
  if (authorized !== undefined && refresh !== undefined) {
    return refreshWith(await walkToRefreshToken(authorized, walk), walk)
  }
  const grantType = grantTypeOf(walk.request)
  const first =
    grantType === 'authorization_code'
      ? await walkWithUser(walk)
      : await walkDirectly(grantType, walk)
  return refresh === undefined ? first : refreshWith(first.refresh_token, walk)
}

/** Asks the userinfo endpoint with an access token. `undefined`: it is not one for userinfo. */
export async function walkToUserinfo(
  { access_token: token }: TokenResponse,
  { context, trace }: Walk,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const endpoint = userinfoEndpoint(context)
  return trace.during('userinfo', async () => {
    try {
      const headers = { authorization: `Bearer ${token}` }
      const response = await endpoint.handle({ ...post(endpoint.path, ''), method: 'GET', headers })
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the endpoint has just written it
      return bodyOf(response) as Readonly<Record<string, unknown>>
    } catch (error) {
      if (error instanceof OAuthError && error.code === 'insufficient_scope') return undefined
      throw error
    }
  })
}
