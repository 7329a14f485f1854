import type { HttpResponse } from '@bailiwick/protocol'
import type { Auth } from './auth.js'
import { isApiAuthError, toResponse } from './errors/api-auth-error.js'
import { createGuardCore } from './guard.js'
import type { GuardOptions } from './guard.js'
import type { Needs } from './requirements/needs.js'
import type { RequestFacts, ResourceServer } from './resource-server.js'

interface Mandatory {
  readonly optional?: false
}

export type { GuardOptions } from './guard.js'

/** Who a handler is told is calling: undefined is only possible behind an optional guard. */
export type AuthOf<Scope extends string, Options extends GuardOptions> = Options extends Mandatory
  ? Auth<Scope>
  : Auth<Scope> | undefined

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
export interface FetchGuard<Scope extends string = string> {
  /**
   * Lets a request pass when its token is valid and meets what is needed; without needs a valid token is enough.
   *
   * @throws ConfigurationError, when the route is set up, for needs that are empty or name an unknown scope.
   */
  <const Options extends GuardOptions = Mandatory>(
    needs?: Needs<Scope>,
    options?: Options,
  ): GuardHandler<AuthOf<Scope, Options>>
  /**
   * Who calls, for code that has only the request. Throws a ConfigurationError when no guard of this API let that very
   * object pass, or only as anonymous.
   */
  readonly auth: (request: Request) => Auth<Scope>
  /** Who calls, or undefined for an anonymous request and one that was not guarded. */
  readonly maybeAuth: (request: Request) => Auth<Scope> | undefined
  /**
   * Serves the metadata document (RFC 9728). The function it returns gives undefined for every other request.
   *
   * @throws ConfigurationError when the name of the resource is no http(s) URL.
   */
  readonly metadata: () => (request: Request) => Response | undefined
}

function readRequest({ method, url, headers }: Request): RequestFacts {
  const authorization = headers.get('authorization') ?? undefined
  return {
    method,
    url: url.slice(url.indexOf('/', url.indexOf('//') + 2)),
    headers: { authorization },
  }
}

function toWebResponse({ status, headers, body }: HttpResponse, method: string): Response {
  const fields = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    [value].flat().join(', '),
  ])
  return new Response(method === 'HEAD' ? null : body, { status, headers: fields })
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
export function guardWith<Scope extends string>(api: ResourceServer<Scope>): FetchGuard<Scope> {
  const { guard, auth, maybeAuth, metadata } = createGuardCore(api)
  const guardHandler = <const Options extends GuardOptions = Mandatory>(
    needs?: Needs<Scope>,
    options?: Options,
  ): GuardHandler<AuthOf<Scope, Options>> => {
    const decide = guard(needs, options)
    return (handler) =>
      async (request, ...rest) => {
        const refusal = await decide(request, readRequest(request))
        if (refusal !== undefined) return toWebResponse(refusal, request.method)
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a guard that is not optional has set it
        const caller = maybeAuth(request) as AuthOf<Scope, Options>
        try {
          return await handler(request, caller, ...rest)
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
