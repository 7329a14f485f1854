import { createHash } from 'node:crypto'
import { OAuthError } from '@bailiwick/protocol'
import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import { createCode } from '../authorization/authorize.js'
import { startSession } from '../authorization/browser-session.js'
import { decide } from '../authorization/decide.js'
import type { Situation } from '../authorization/decide.js'
import type { Login } from '../authorization/interaction.js'
import { readRedirectTarget } from '../authorization/redirect-target.js'
import { readAuthorizationRequest } from '../authorization/request/authorization-request.js'
import type { AuthorizationRequest } from '../authorization/request/authorization-request.js'
import type { ClientAuthenticationMethod } from '../client-authentication/method.js'
import type { ServerContext } from '../context.js'
import type { EndpointOptions } from '../endpoints/index.js'
import { tokenEndpoint } from '../endpoints/token.js'
import { userinfoEndpoint } from '../endpoints/userinfo.js'
import { parseParameters } from '../http/parameters.js'
import type { RegisteredClient } from '../stores/client-store.js'
import type { ExplainRequest } from './explain-request.js'
import type { Trace } from './trace.js'

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

type Fields = readonly (readonly [name: string, value: string | undefined])[]

function encode(fields: Fields): string {
  const form = new URLSearchParams()
  for (const [name, value] of fields) {
    if (value !== undefined) form.append(name, value)
  }
  return form.toString()
}

const verifier = 'v'.repeat(43)
const challenge = createHash('sha256').update(verifier).digest('base64url')

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
  fields: Fields,
  { client, grants, context }: Walk,
): Promise<TokenResponse> {
  const { token: path } = context.paths
  const { handle } = tokenEndpoint(
    { path, grants, clientAuthenticationMethods: [trusted] },
    context,
  )
  const response = await handle(post(path, encode([['client_id', client.clientId], ...fields])))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the endpoint has just written it
  return bodyOf(response) as TokenResponse
}

function authorizationForm(
  { scope, resources = [], claims }: ExplainRequest,
  { clientId, redirectUris }: RegisteredClient,
): string {
  const [redirectUri] = redirectUris
  return encode([
    ['response_type', 'code'],
    ['client_id', clientId],
    ['redirect_uri', redirectUri],
    ['scope', scope],
    ...resources.map((resource) => ['resource', resource] as const),
    ['claims', claims],
    ['code_challenge', challenge],
    ['code_challenge_method', 'S256'],
  ])
}

/** The user allows everything, if asked. */
async function authorizeAll(
  situation: Situation & { readonly session: NonNullable<Situation['session']> },
  context: ServerContext,
): Promise<string> {
  const { request, session } = situation
  const first = await decide(situation, context)
  if (first.kind === 'answer') return createCode(request, first.authorized, context)
  if (first.prompt !== 'consent') {
    throw new OAuthError('access_denied', {
      description: `the user may not be signed in for this client`,
    })
  }
  return createCode(request, { session, scopes: request.scopes }, context)
}

async function readRequest({ request, client, context }: Walk): Promise<AuthorizationRequest> {
  const parameters = parseParameters(authorizationForm(request, client))
  const target = await readRedirectTarget(parameters, context)
  return readAuthorizationRequest(target, parameters, context)
}

function requireUser({ user }: ExplainRequest): Login {
  if (user !== undefined) return user
  throw new OAuthError('login_required', {
    description: 'grant_type authorization_code needs a user, and none was named',
  })
}

async function walkWithUser(walk: Walk): Promise<TokenResponse> {
  const { request, client, context, trace } = walk
  const code = await trace.during('authorization', async () => {
    const login = requireUser(request)
    const authorization = await readRequest(walk)
    const { session } = await startSession(login, undefined, context)
    return authorizeAll({ request: authorization, session, progress: {} }, context)
  })
  const [redirectUri] = client.redirectUris
  const fields: Fields = [
    ['grant_type', 'authorization_code'],
    ['code', code],
    ['code_verifier', verifier],
    ['redirect_uri', redirectUri],
    ['resource', request.tokenResource],
  ]
  return trace.during('token', () => sendTokenRequest(fields, walk))
}

async function walkDirectly(grantType: string, walk: Walk): Promise<TokenResponse> {
  const { request, trace } = walk
  const { scope, resources = [], parameters = {} } = request
  const fields: Fields = [
    ['grant_type', grantType],
    ['scope', scope],
    ...resources.map((resource) => ['resource', resource] as const),
    ...Object.entries(parameters),
  ]
  return trace.during('token', () => sendTokenRequest(fields, walk))
}

async function walkOn(first: TokenResponse, walk: Walk): Promise<TokenResponse> {
  const { request, trace } = walk
  const { refresh } = request
  if (refresh === undefined) return first
  return trace.during('refresh', () => {
    if (first.refresh_token === undefined) {
      throw new OAuthError('invalid_grant', { description: 'there is no refresh token' })
    }
    const fields: Fields = [
      ['grant_type', 'refresh_token'],
      ['refresh_token', first.refresh_token],
      ['scope', refresh.scope],
      ['resource', refresh.resource],
    ]
    return sendTokenRequest(fields, walk)
  })
}

/** The grant type that a request uses. */
export const grantTypeOf = ({ grantType, user }: ExplainRequest): string =>
  grantType ?? (user === undefined ? 'client_credentials' : 'authorization_code')

/** Goes the way of a request through the endpoints that issue tokens, and gives what the last of them answered. */
export async function walkToTokens(walk: Walk): Promise<TokenResponse> {
  const grantType = grantTypeOf(walk.request)
  const first =
    grantType === 'authorization_code'
      ? await walkWithUser(walk)
      : await walkDirectly(grantType, walk)
  return walkOn(first, walk)
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
