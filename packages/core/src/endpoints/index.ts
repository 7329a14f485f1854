import type { ServerContext } from '../context.js'
import { authorizationEndpoint } from './authorization.js'
import { endSessionEndpoint } from './end-session.js'
import type { Endpoint } from './endpoint.js'
import { introspectionEndpoint } from './introspection.js'
import { jwksEndpoint } from './jwks.js'
import { metadataEndpoints } from './metadata.js'
import { resumeEndpoint } from './resume.js'
import { revocationEndpoint } from './revocation.js'
import { tokenEndpoint } from './token.js'
import type { TokenEndpointOptions } from './token.js'
import { userinfoEndpoint } from './userinfo.js'

/** What the endpoints need beyond the context. */
export type EndpointOptions = Omit<TokenEndpointOptions, 'path'>

/** Every endpoint of the server. Discovery is made from what the others say of themselves. */
export function createEndpoints(
  offered: EndpointOptions,
  context: ServerContext,
): readonly Endpoint[] {
  const { paths } = context
  const { clientAuthenticationMethods: methods } = offered
  const endpoints = [
    authorizationEndpoint(context),
    resumeEndpoint(context),
    tokenEndpoint({ ...offered, path: paths.token }, context),
    userinfoEndpoint(context),
    introspectionEndpoint(methods, context),
    revocationEndpoint(methods, context),
    endSessionEndpoint(context),
    jwksEndpoint(paths.jwks, context),
  ]
  return [...endpoints, ...metadataEndpoints(context, endpoints)]
}
