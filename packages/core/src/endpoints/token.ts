import { OAuthError } from '@bailiwick/protocol'
import type { HttpResponse } from '@bailiwick/protocol'
import { authenticateClient } from '../client-authentication/authenticate-client.js'
import type { AuthenticatedClient } from '../client-authentication/authenticate-client.js'
import type { ClientAuthenticationMethod } from '../client-authentication/method.js'
import type { ServerContext } from '../context.js'
import type { Grant } from '../grants/grant.js'
import { readFormParameters } from '../http/parameters.js'
import type { Parameters } from '../http/parameters.js'
import { quoted } from '../http/quoted.js'
import { json } from '../http/responses.js'
import { readResourceIndicator } from '../resources/read-resource-indicator.js'
import { resolveTokenResources } from '../resources/resolve-token-resources.js'
import { issueTokens } from '../tokens/issue-tokens.js'
import type { IssuedTokens } from '../tokens/issue-tokens.js'
import type { Endpoint } from './endpoint.js'

/** What a server offers at its token endpoint. */
export interface TokenEndpointOptions {
  readonly path: string
  readonly grants: readonly Grant[]
  readonly clientAuthenticationMethods: readonly ClientAuthenticationMethod[]
}

function selectGrant(
  grantByType: ReadonlyMap<string, Grant>,
  client: AuthenticatedClient,
  parameters: Parameters,
): Grant {
  const grantType = parameters.get('grant_type')
  if (grantType === undefined) {
    throw new OAuthError('invalid_request', { description: 'grant_type is missing' })
  }
  const grant = grantByType.get(grantType)
  if (grant === undefined) {
    throw new OAuthError('unsupported_grant_type', {
      description: `grant_type ${quoted(grantType)} is not supported`,
    })
  }
  if (!client.allowedGrantTypes.has(grantType)) {
    throw new OAuthError('unauthorized_client', {
      description: `the client may not use grant_type ${quoted(grantType)}`,
    })
  }
  return grant
}

const tokenResponse = (issued: IssuedTokens): HttpResponse =>
  json({
    access_token: issued.accessToken,
    token_type: 'Bearer',
    expires_in: issued.expiresIn,
    scope: issued.scope,
    id_token: issued.idToken,
    refresh_token: issued.refreshToken,
  })

/** The token endpoint (RFC 6749 section 3.2). */
export function tokenEndpoint(
  { path, grants, clientAuthenticationMethods }: TokenEndpointOptions,
  context: ServerContext,
): Endpoint {
  const grantByType = new Map(grants.map((grant) => [grant.grantType, grant]))
  return {
    methods: ['POST'],
    cors: 'clients',
    path,
    metadata: (url) => ({
      token_endpoint: url,
      grant_types_supported: [...grantByType.keys()],
      token_endpoint_auth_methods_supported: clientAuthenticationMethods.map(({ name }) => name),
    }),
    async handle(request) {
      const parameters = await readFormParameters(request)
      const client = await authenticateClient(
        clientAuthenticationMethods,
        { request, parameters },
        context,
      )
      const grant = selectGrant(grantByType, client, parameters)
      const resource = readResourceIndicator(parameters, context)

      const decision = await grant.validate({ client, parameters }, context)
      const { user, scopes, authorizedResources } = decision
      const resources = resolveTokenResources(
        { client, scopes, authorizedResources, resource, hasUser: user !== undefined },
        context,
      )
      const named = resource === undefined ? undefined : [resource]
      const issued = await issueTokens(
        { authorizedResources: named, ...decision, client, resources },
        context,
      )
      await decision.redeem?.(issued)

      const { jti, audience, scope } = issued
      const { grantType } = grant
      context.emit({
        type: 'token_issued',
        clientId: client.clientId,
        grantType,
        jti,
        audience,
        scope,
      })
      return tokenResponse(issued)
    },
  }
}
