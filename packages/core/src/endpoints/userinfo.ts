import { formatChallenge, OAuthError } from '@bailiwick/protocol'
import type { HttpRequest, IdentityResource } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { isForm, readFormParameters } from '../http/parameters.js'
import { errorResponse, json } from '../http/responses.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { findActiveClient } from '../tokens/find-active-client.js'
import { identityClaimsOf } from '../tokens/identity-claims.js'
import type { VerifiedAccessToken } from '../tokens/judge-access-token.js'
import { findUserinfoRequest } from '../tokens/token-mark.js'
import { verifyAccessToken } from '../tokens/verify-access-token.js'
import type { Endpoint } from './endpoint.js'

const challenge = (parameters: Readonly<Record<string, string | undefined>> = {}): string =>
  formatChallenge({ scheme: 'Bearer', parameters: { realm: 'userinfo', ...parameters } })

const invalidRequest = (description: string): OAuthError =>
  new OAuthError('invalid_request', { description })

/** The token of the `Authorization` header; `undefined` when there is none, or credentials of another scheme. */
function tokenInHeader({ headers }: HttpRequest): string | undefined {
  const { authorization } = headers
  if (typeof authorization !== 'string' || !/^bearer(?:\s|$)/i.test(authorization)) return undefined
  const token = /^bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1]
  if (token !== undefined) return token
  throw invalidRequest('the authorization header is not Bearer and one access token')
}

async function tokenInForm(request: HttpRequest): Promise<string | undefined> {
  if (request.method !== 'POST' || !isForm(request)) return undefined
  return (await readFormParameters(request)).get('access_token')
}

const hasTokenInQuery = ({ url }: HttpRequest): boolean =>
  new URLSearchParams(url.split('?', 2)[1]).has('access_token')

/**
 * Reads the access token from the header, or from the form of a POST request (RFC 6750 sections 2.1 and 2.2). One in
 * the query is not taken, for addresses are logged; it still is a second way beside another.
 */
async function readAccessToken(request: HttpRequest): Promise<string> {
  const tokens = [tokenInHeader(request), await tokenInForm(request)].filter(
    (token) => token !== undefined,
  )
  const [token] = tokens
  if (tokens.length > 1 || (token !== undefined && hasTokenInQuery(request))) {
    throw invalidRequest('the access token is sent in more than one way (RFC 6750 section 2)')
  }
  if (token !== undefined) return token
  // Who presents no token is told of no error (RFC 6750 section 3.1).
  throw new OAuthError('invalid_token', {
    description: 'an access token is needed, in the authorization header or in a form',
    headers: { 'www-authenticate': challenge() },
  })
}

/** The names of the token's scopes: what a scope parser takes apart goes into tokens whole. */
const namesOf = (
  { scopes }: VerifiedAccessToken,
  { scopeParser }: ServerContext,
): readonly string[] =>
  scopes.map(scopeParser).flatMap((result) => (result.kind === 'scope' ? [result.scope.name] : []))

/** A token for this server itself carries `openid`; one that is narrowed to an API does not. */
function checkScope(names: readonly string[]): void {
  if (names.includes('openid')) return
  throw new OAuthError('insufficient_scope', {
    description: 'the access token does not carry openid: use one that is not narrowed to an API',
  })
}

async function findClient(
  token: VerifiedAccessToken,
  context: ServerContext,
): Promise<RegisteredClient> {
  const client = await findActiveClient(token, context)
  if (client !== undefined) return client
  throw new OAuthError('invalid_token', {
    description: 'the user or the client of the access token is not active any more',
  })
}

/** The identity resources that the names stand for today. */
function identityResourcesOf(
  names: readonly string[],
  { resources }: ServerContext,
): readonly IdentityResource[] {
  return names.flatMap((name) => {
    const entry = resources.scopes.get(name)
    return entry?.kind === 'identity' ? [entry.identityResource] : []
  })
}

/** The errors of RFC 6750 section 3.1. Others, such as a method that is not allowed, no credentials would cure. */
const challenged: ReadonlyMap<string, number> = new Map([
  ['invalid_request', 400],
  ['invalid_token', 401],
  ['insufficient_scope', 403],
])

/** Tells a client what is wrong with its token (RFC 6750 section 3). */
const answerWithChallenge: NonNullable<Endpoint['answerError']> = (error) => {
  const { code, message, status, headers } = error
  const response = errorResponse(error)
  if (challenged.get(code) !== status || 'www-authenticate' in headers) return response
  const authenticate = challenge({
    error: code,
    error_description: message,
    scope: code === 'insufficient_scope' ? 'openid' : undefined,
  })
  return { ...response, headers: { ...response.headers, 'www-authenticate': authenticate } }
}

/** The userinfo endpoint (OpenID Connect Core 1.0 section 5.3). */
export function userinfoEndpoint(context: ServerContext): Endpoint {
  return {
    methods: ['GET', 'POST'],
    cors: 'clients',
    path: context.paths.userinfo,
    metadata: (url) => ({ userinfo_endpoint: url }),
    async handle(request) {
      const token = await verifyAccessToken(await readAccessToken(request), context)
      const names = namesOf(token, context)
      checkScope(names)
      const client = await findClient(token, context)
      const identityResources = identityResourcesOf(names, context)
      const { requested, loginClaims } = await findUserinfoRequest(token, context)
      const claims = await identityClaimsOf(
        {
          client,
          user: { subject: token.subject, ...(loginClaims && { claims: loginClaims }) },
          identityResources,
          granted: identityResources,
          requested,
          caller: 'userinfo',
        },
        context,
      )
      return json({ sub: token.subject, ...claims })
    },
    answerError: answerWithChallenge,
  }
}
