import type { HttpResponse } from '@bailiwick/protocol'
import type { Auth } from './auth.js'
import { isApiAuthError, toResponse } from './errors/api-auth-error.js'
import { createGuardCore } from './guard.js'
import type { GuardOptions } from './guard.js'
import { readWebForm } from './read-web-form.js'
import type { RequestFacts } from './request-facts.js'
import type { Needs } from './requirements/needs.js'
import type { ResourceServer } from './resource-server.js'

interface Mandatory {
  readonly optional?: false
}

export type { GuardOptions } from './guard.js'

/** Who a handler is told is calling: undefined is only possible behind an optional guard. */
export type AuthOf<Caller, Options extends GuardOptions> = Options extends Mandatory
  ? Caller
  : Caller | undefined

/** Answers a guarded request. What the runtime passes besides the request comes last. */
export type GuardedHandler<Caller, Rest extends readonly unknown[]> = (
  request: Request,
  auth: Caller,
  ...rest: Rest
) => Response | Promise<Response>

/** Puts a guard in front of a handler. An `ApiAuthError` that the handler throws becomes the response of a guard. */
export type GuardHandler<Caller> = <Rest extends readonly unknown[]>(
  handler: GuardedHandler<Caller, Rest>,
) => (request: Request, ...rest: Rest) => Promise<Response>

/** Guards handlers of runtimes that speak `Request` and `Response`. */
export interface FetchGuard<Scope extends string = string, ClaimTypes extends object = object> {
  /**
   * Lets a request pass when its token is valid and meets what is needed; without needs a valid token is enough.
   *
   * @throws ConfigurationError, when the route is set up, for needs that are empty or name an unknown scope.
   */
  <const Options extends GuardOptions = Mandatory>(
    needs?: Needs<Scope>,
    options?: Options,
  ): GuardHandler<AuthOf<Auth<Scope, ClaimTypes>, Options>>
  /**
   * Who calls, for code that has only the request. Throws a ConfigurationError when no guard of this API let that very
   * object pass, or only as anonymous.
   */
  readonly auth: (request: Request) => Auth<Scope, ClaimTypes>
  /** Who calls, or undefined for an anonymous request and one that was not guarded. */
  readonly maybeAuth: (request: Request) => Auth<Scope, ClaimTypes> | undefined
  /**
   * Serves the metadata document (RFC 9728). The function it returns gives undefined for every other request.
   *
   * @throws ConfigurationError when the name of the resource is no http(s) URL.
   */
  readonly metadata: () => (request: Request) => Response | undefined
}

function readRequest(request: Request): RequestFacts {
  const { method, url, headers } = request
  return {
    method,
    url: url.slice(url.indexOf('/', url.indexOf('//') + 2)),
    headers: Object.fromEntries(headers),
    form: () => readWebForm(request),
    source: request,
  }
}

const fieldsOf = (headers: HttpResponse['headers']): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((field): [string, string] => [name, field]),
  )

function toWebResponse({ status, headers, body }: HttpResponse, method: string): Response {
  return new Response(method === 'HEAD' ? null : body, { status, headers: fieldsOf(headers) })
}

/** Adds header fields to a response of a handler, which may be one whose header fields nobody can change. */
function withHeaders(response: Response, headers: HttpResponse['headers']): Response {
  const fields = fieldsOf(headers)
  if (fields.length === 0) return response
  const changed = new Response(response.body, response)
  for (const [name, value] of fields) {
    // What a CORS middleware has exposed stays exposed.
    if (name === 'access-control-expose-headers') changed.headers.append(name, value)
    else changed.headers.set(name, value)
  }
  return changed
}

/**
 * Guards handlers with an API. Make one of it and share it: another one does not know who calls.
 *
 * @example
 * ```ts
 * const guard = guardWith(api)
 * const list = guard('invoice.read')((request, auth) => Response.json(listFor(auth.subject)))
 * export default { fetch: list }
 * ```
 */
export function guardWith<Scope extends string, ClaimTypes extends object>(
  api: ResourceServer<Scope, ClaimTypes>,
): FetchGuard<Scope, ClaimTypes> {
  const { guard, auth, maybeAuth, metadata } = createGuardCore(api)
  const guardHandler = <const Options extends GuardOptions = Mandatory>(
    needs?: Needs<Scope>,
    options?: Options,
  ): GuardHandler<AuthOf<Auth<Scope, ClaimTypes>, Options>> => {
    const decide = guard(needs, options)
    return (handler) =>
      async (request, ...rest) => {
        const decision = await decide(request, readRequest(request))
        if (!decision.passes) return toWebResponse(decision.response, request.method)
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a guard that is not optional has set it
        const caller = maybeAuth(request) as AuthOf<Auth<Scope, ClaimTypes>, Options>
        try {
          const response = await handler(request, caller, ...rest)
          return withHeaders(response, decision.responseHeaders)
        } catch (error) {
          if (isApiAuthError(error)) return toWebResponse(toResponse(error), request.method)
          throw error
        }
      }
  }
  const serveMetadata = (): ((request: Request) => Response | undefined) => {
    const respond = metadata()
    return (request) => {
      const document = respond(readRequest(request))
      return document && toWebResponse(document, request.method)
    }
  }
  return Object.assign(guardHandler, { auth, maybeAuth, metadata: serveMetadata })
}
