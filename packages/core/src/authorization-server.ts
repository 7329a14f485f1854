import { createGathering, OAuthError } from '@bailiwick/protocol'
import type {
  HttpHandler,
  HttpRequest,
  HttpResponse,
  ResourceDefinitions,
} from '@bailiwick/protocol'
import type { Administration } from './authorization/administration.js'
import { createAdministration } from './authorization/create-administration.js'
import { createInteractions } from './authorization/create-interactions.js'
import { createSessions } from './authorization/create-sessions.js'
import { createUserGrants } from './authorization/create-user-grants.js'
import type { Interactions } from './authorization/interactions.js'
import type { LoginThrottle } from './authorization/login-throttle.js'
import type { Sessions } from './authorization/sessions.js'
import type { UserGrants } from './authorization/user-grants.js'
import type { ServerContext } from './context.js'
import type { Endpoint } from './endpoints/endpoint.js'
import { createEndpoints } from './endpoints/index.js'
import { createLocalApi } from './endpoints/local-api.js'
import type { LocalApi } from './endpoints/local-api.js'
import { explain } from './explain/explain.js'
import type { ExplainRequest } from './explain/explain-request.js'
import { explainToken } from './explain/explain-token.js'
import type { TokenExplanation } from './explain/explain-token.js'
import type { Explanation } from './explain/explanation.js'
import { createLocator } from './explain/locator.js'
import { toExplainRequest } from './explain/to-explain-request.js'
import { createCsrfTokens } from './http/browser.js'
import { answerWithCors } from './http/cors.js'
import type { CsrfTokens } from './http/csrf.js'
import { errorResponse, toOAuthError } from './http/responses.js'
import { urlBelow } from './issuer-url.js'
import type { KeyManager } from './keys/key-manager.js'
import { resolveOptions } from './options.js'
import type { AuthorizationServerOptions } from './options/authorization-server-options.js'

/** An authorization server without a web framework: adapters mount {@link AuthorizationServer.handle}. */
export interface AuthorizationServer<
  Definitions extends ResourceDefinitions = ResourceDefinitions,
> {
  readonly issuer: string
  /** What can be requested, as the options have it. */
  readonly resources: Definitions
  /**
   * Reads the signing keys, or makes them, to find out at start-up whether that works. Without it the first request does.
   * Rejects when the store cannot be read, or holds a key that no data key opens.
   */
  readonly ready: () => Promise<void>
  /** Answers requests to the endpoints, and leaves all others to the application. */
  readonly handle: HttpHandler
  /**
   * For an API in the same process, by the name of its API resource: `fromServer` of `@bailiwick/api-sdk/server` guards
   * one with it.
   *
   * @throws ConfigurationError when no enabled API resource has this name.
   */
  readonly forApi: (api: string) => LocalApi
  /** For the pages on which users sign in, consent and sign out. */
  readonly interactions: Interactions
  /** For pages that need to know who is signed in. */
  readonly sessions: Sessions
  /** For a page on which users see and take back what they allowed. */
  readonly grants: UserGrants
  /** For administrators: lists and ends sessions and grants. */
  readonly administration: Administration
  /** For the forms of your pages. */
  readonly csrf: CsrfTokens
  /** For the page on which users sign in. */
  readonly loginThrottle: LoginThrottle
  /**
   * Explains which tokens a request gets, and why: each decision with its reason, and what would give what is missing. For
   * developers and administrators: it asks for no secret of a client, and shows what tokens about any user would say. It
   * stores nothing, and issues nothing that anybody could use.
   */
  readonly explain: (request: ExplainRequest) => Promise<Explanation>
  /**
   * Explains an access token of this server, a JWT or a handle: what each claim comes from, and what would differ if it were
   * issued now. `undefined`: it is none.
   */
  readonly explainToken: (token: string) => Promise<TokenExplanation | undefined>
  /**
   * Reads what a request to the authorization endpoint or the token endpoint asks for, as `explain` takes it. For
   * development: it looks a code or refresh token up, and proves nothing. `undefined`: it is none of these, or what it
   * presents is unknown.
   */
  readonly toExplainRequest: (request: HttpRequest) => Promise<ExplainRequest | undefined>
  /** For those who look after the keys that sign. */
  readonly keys: KeyManager
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

function checkMethod({ methods, path }: Endpoint, { method }: HttpRequest): void {
  const allowed = methods.flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name]))
  if (allowed.includes(method)) return
  throw new OAuthError('invalid_request', {
    status: 405,
    description: `${path} is for ${methods.join(' and ')} requests`,
    headers: { allow: allowed.join(', ') },
  })
}

/** A request, and the endpoint it is for. */
interface Received {
  readonly endpoint: Endpoint
  readonly request: HttpRequest
}

const answerWithJson: NonNullable<Endpoint['answerError']> = (error) => errorResponse(error)

function answerFailure(
  thrown: unknown,
  { endpoint, request }: Received,
  { emit }: ServerContext,
): HttpResponse {
  const { path, answerError = answerWithJson } = endpoint
  const error = toOAuthError(thrown)
  const { code, message, cause } = error
  if (error.status >= 500) emit({ type: 'server_error', path, cause })
  else emit({ type: 'request_rejected', path, error: code, description: message, cause })
  return answerError(error, request)
}

/** The one catch: whatever is thrown becomes the answer. */
async function answering(
  received: Received,
  context: ServerContext,
  work: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  try {
    return await work()
  } catch (error) {
    return answerFailure(error, received, context)
  }
}

function answer(received: Received, context: ServerContext): Promise<HttpResponse> {
  const { endpoint, request } = received
  const { cors: policy, methods } = endpoint
  const handle = async (): Promise<HttpResponse> => {
    checkMethod(endpoint, request)
    return endpoint.handle(request)
  }
  // Failures are answered twice: inside, so that scripts can read them; outside, when it is the origin that fails.
  return answering(received, context, () =>
    answerWithCors(
      { policy, methods, request },
      () => answering(received, context, handle),
      context,
    ),
  )
}

/**
 * Creates an authorization server.
 *
 * @throws ConfigurationError with everything that is wrong with the options, each with its path.
 */
export function createAuthorizationServer<const Definitions extends ResourceDefinitions>(
  options: AuthorizationServerOptions<Definitions>,
): AuthorizationServer<Definitions> {
  const { context, endpointOptions, loginThrottle, keys } = resolveOptions(options)
  const explainer = {
    context,
    grants: endpointOptions.grants,
    locator: createLocator(options),
  }
  const gather = createGathering()
  const endpointByPath = routesOf(context.issuer, createEndpoints(endpointOptions, context))

  return {
    issuer: context.issuer,
    resources: options.resources,
    forApi: (api) => createLocalApi(api, context),
    interactions: createInteractions(context),
    sessions: createSessions(context),
    grants: createUserGrants(context),
    administration: createAdministration(context),
    csrf: createCsrfTokens(context),
    loginThrottle,
    explain: (request) => explain(request, explainer),
    explainToken: (token) => explainToken(token, explainer),
    toExplainRequest: (request) => toExplainRequest(request, context),
    keys,
    async ready() {
      await context.signer.jwks()
    },
    async handle(request) {
      const [path = ''] = request.url.split('?', 1)
      const endpoint = endpointByPath.get(path)
      if (endpoint === undefined) return undefined
      await gather()
      return answer({ endpoint, request }, context)
    },
  }
}
