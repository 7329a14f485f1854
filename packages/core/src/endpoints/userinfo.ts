import { formatChallenge, OAuthError } from '@bailiwick/protocol'
import type { HttpRequest, IdentityResource } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { readFormParameters } from '../http/parameters.js'
import { errorResponse, json } from '../http/responses.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { isActive } from '../tokens/ask-profile.js'
import { identityClaimsOf } from '../tokens/identity-claims.js'
import { findUserinfoRequest } from '../tokens/token-mark.js'
import { verifyAccessToken } from '../tokens/verify-access-token.js'
import type { VerifiedAccessToken } from '../tokens/verify-access-token.js'
import type { Endpoint } from './endpoint.js'

const realm = 'userinfo'

function bearerOf({ headers }: HttpRequest): string | undefined {
  const { authorization } = headers
  if (typeof authorization !== 'string') return undefined
  return /^bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1]
}

/**
 * Reads the access token from the header, or from the form of a POST request (RFC 6750 section 2).
 *
 * @throws OAuthError with status 401 when there is none.
 */
async function readAccessToken(request: HttpRequest): Promise<string> {
  const hasForm = request.method === 'POST' && request.headers['content-type'] !== undefined
  const inForm = hasForm ? (await readFormParameters(request)).get('access_token') : undefined
  const inHeader = bearerOf(request)
  if (inForm !== undefined && inHeader !== undefined) {
    throw new OAuthError('invalid_request', {
      description: 'the access token is sent in more than one way (RFC 6750 section 2)',
    })
  }
  const token = inHeader ?? inForm
  if (token !== undefined) return token
  throw new OAuthError('invalid_token', { description: 'the access token is missing' })
}

/** A token for this server itself carries `openid`; one that is narrowed to an API does not. */
function checkScope({ scopes }: VerifiedAccessToken): void {
  if (scopes.includes('openid')) return
  throw new OAuthError('insufficient_scope', {
    description: 'the access token does not carry openid: use one that is not narrowed to an API',
  })
}

async function findClient(
  { clientId, subject }: VerifiedAccessToken,
  context: ServerContext,
): Promise<RegisteredClient> {
  const client = await context.clients.find(clientId)
  if (client !== undefined && (await isActive(subject, clientId, context))) return client
  throw new OAuthError('invalid_token', {
    description: 'the user or the client of the access token is not active any more',
  })
}

/** The identity resources that the token's scopes stand for today. */
function identityResourcesOf(
  { scopes }: VerifiedAccessToken,
  { resources }: ServerContext,
): readonly IdentityResource[] {
  return scopes.flatMap((scope) => {
    const entry = resources.scopes.get(scope)
    return entry?.kind === 'identity' ? [entry.identityResource] : []
  })
}

/** What a client is told about what is wrong with its token (RFC 6750 section 3). */
const answerWithChallenge: NonNullable<Endpoint['answerError']> = (error, request) => {
  const { code, message, status } = error
  const response = errorResponse(error)
  if (status >= 500) return response
  const isAnonymous = status === 401 && request.headers['authorization'] === undefined
  const parameters = {
    realm,
    // Who presents nothing is told no error (RFC 6750 section 3.1).
    ...(!isAnonymous && { error: code, error_description: message }),
    ...(code === 'insufficient_scope' && { scope: 'openid' }),
  }
  const challenge = formatChallenge({ scheme: 'Bearer', parameters })
  return { ...response, headers: { ...response.headers, 'www-authenticate': challenge } }
}

/** The userinfo endpoint (OpenID Connect Core 1.0 section 5.3). */
export function userinfoEndpoint(context: ServerContext): Endpoint {
  return {
    methods: ['GET', 'POST'],
    path: context.paths.userinfo,
    metadata: (url) => ({ userinfo_endpoint: url }),
    async handle(request) {
      const token = await verifyAccessToken(await readAccessToken(request), context)
      checkScope(token)
      const client = await findClient(token, context)
      const identityResources = identityResourcesOf(token, context)
      const { requested, loginClaims } = await findUserinfoRequest(token.jti, context)
      const user = {
        subject: token.subject,
        ...(loginClaims !== undefined && { claims: loginClaims }),
      }
      const claims = await identityClaimsOf(
        {
          client,
          user,
          identityResources,
          granted: identityResources,
          requested,
          caller: 'userinfo',
        },
        context,
      )
      return json({ ...claims, sub: token.subject })
    },
    answerError: answerWithChallenge,
  }
}
