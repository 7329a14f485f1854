import { OAuthError } from '@bailiwick/protocol'
import type {
  HttpHandler,
  HttpRequest,
  HttpResponse,
  ResourceDefinitions,
} from '@bailiwick/protocol'
import type { ServerContext } from './context.js'
import type { Endpoint } from './endpoints/endpoint.js'
import { createEndpoints } from './endpoints/index.js'
import { errorResponse, toOAuthError } from './http/responses.js'
import { urlBelow } from './issuer-url.js'
import { resolveOptions } from './options.js'
import type { AuthorizationServerOptions } from './options/authorization-server-options.js'

/** An authorization server without a web framework: adapters mount {@link AuthorizationServer.handle}. */
export interface AuthorizationServer {
  readonly issuer: string
  /** Answers requests to the endpoints, and leaves all others to the application. */
  readonly handle: HttpHandler
}

/**
 * Finds endpoints by path, with and without the path of the issuer: the first when the server is mounted at the root,
 * the second when the framework or a proxy has taken it off.
 */
function routesOf(issuer: string, endpoints: readonly Endpoint[]): ReadonlyMap<string, Endpoint> {
  const issuerPath = urlBelow(new URL(issuer).pathname, '')
  return new Map(
    endpoints.flatMap((endpoint) =>
      [...(endpoint.rootPaths ?? []), issuerPath + endpoint.path, endpoint.path].map(
        (path) => [path, endpoint] as const,
      ),
    ),
  )
}

function checkMethod({ method: allowed, path }: Endpoint, { method }: HttpRequest): void {
  if (method === allowed || (allowed === 'GET' && method === 'HEAD')) return
  throw new OAuthError('invalid_request', {
    status: 405,
    description: `${path} is for ${allowed} requests`,
    headers: { allow: allowed === 'GET' ? 'GET, HEAD' : allowed },
  })
}

function answerFailure(thrown: unknown, path: string, { emit }: ServerContext): HttpResponse {
  const error = toOAuthError(thrown)
  const { code, message, cause } = error
  if (error.status >= 500) emit({ type: 'server_error', path, cause })
  else emit({ type: 'request_rejected', path, error: code, description: message, cause })
  return errorResponse(error)
}

/**
 * Creates an authorization server.
 *
 * @throws ConfigurationError with everything that is wrong with the options, each with its path.
 */
export function createAuthorizationServer<const Definitions extends ResourceDefinitions>(
  options: AuthorizationServerOptions<Definitions>,
): AuthorizationServer {
  const { context, endpointOptions } = resolveOptions(options)
  const endpointByPath = routesOf(context.issuer, createEndpoints(endpointOptions, context))

  return {
    issuer: context.issuer,
    async handle(request) {
      const [path = ''] = request.url.split('?', 1)
      const endpoint = endpointByPath.get(path)
      if (endpoint === undefined) return undefined
      try {
        checkMethod(endpoint, request)
        return await endpoint.handle(request)
      } catch (error) {
        return answerFailure(error, endpoint.path, context)
      }
    },
  }
}
