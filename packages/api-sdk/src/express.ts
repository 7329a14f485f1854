import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpResponse } from '@bailiwick/protocol'
import type { Auth } from './auth.js'
import { createGuardCore } from './guard.js'
import type { GuardOptions } from './guard.js'
import { readNodeRequest } from './node-request.js'
import { readParsedForm, readRouteParameters } from './request-facts.js'
import type { RequestFacts } from './request-facts.js'
import type { Needs } from './requirements/needs.js'
import type { ResourceServer } from './resource-server.js'

export type { GuardOptions } from './guard.js'

/** The part of an Express request that a guard uses. */
export type ExpressRequest = IncomingMessage & { readonly originalUrl?: string }

/**
 * A request handler. It asks for no more of Express than what Node.js has, so that the parameters of a route are still
 * inferred for the handlers after it.
 */
export type ExpressHandler = (
  request: ExpressRequest,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => Promise<void>

/** Guards routes of Express 5. */
export interface ExpressGuard<Scope extends string = string, ClaimTypes extends object = object> {
  /**
   * Lets a request pass when its token is valid and meets what is needed; without needs a valid token is enough.
   *
   * @throws ConfigurationError, when the route is set up, for needs that are empty or name an unknown scope.
   */
  (needs?: Needs<Scope>, options?: GuardOptions): ExpressHandler
  /** Who calls. Throws a ConfigurationError when no guard of this API let the request pass, or only as anonymous. */
  readonly auth: (request: ExpressRequest) => Auth<Scope, ClaimTypes>
  /** Who calls, or undefined for an anonymous request and one that was not guarded. */
  readonly maybeAuth: (request: ExpressRequest) => Auth<Scope, ClaimTypes> | undefined
  /**
   * Serves the metadata document (RFC 9728): `app.use(guard.metadata())`.
   *
   * @throws ConfigurationError when the name of the resource is no http(s) URL.
   */
  readonly metadata: () => ExpressHandler
}

const read = (request: ExpressRequest): RequestFacts =>
  readNodeRequest(request, {
    url: request.originalUrl ?? request.url ?? '/',
    params: readRouteParameters(request),
    form: () => readParsedForm(request),
  })

function setHeaders(headers: HttpResponse['headers'], response: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) {
    // What a CORS middleware has exposed stays exposed.
    if (name === 'access-control-expose-headers') response.appendHeader(name, value)
    else response.setHeader(name, value)
  }
}

function send({ status, headers, body }: HttpResponse, response: ServerResponse): void {
  response.statusCode = status
  setHeaders(headers, response)
  response.end(body)
}

/**
 * Guards routes of Express with an API. Make one of it and share it: another one does not know who calls.
 *
 * @example
 * ```ts
 * const guard = guardWith(api)
 * app.get('/invoices', guard('invoice.read'), (request, response) => {
 *   response.json(listFor(guard.auth(request).subject))
 * })
 * ```
 */
export function guardWith<Scope extends string, ClaimTypes extends object>(
  api: ResourceServer<Scope, ClaimTypes>,
): ExpressGuard<Scope, ClaimTypes> {
  const { guard, auth, maybeAuth, metadata } = createGuardCore(api)
  const guardRoute = (needs?: Needs<Scope>, options?: GuardOptions): ExpressHandler => {
    const decide = guard(needs, options)
    return async (request, response, next) => {
      const decision = await decide(request, read(request))
      if (!decision.passes) {
        send(decision.response, response)
        return
      }
      setHeaders(decision.responseHeaders, response)
      next()
    }
  }
  const serveMetadata = (): ExpressHandler => {
    const respond = metadata()
    return async (request, response, next) => {
      const document = respond(read(request))
      if (document === undefined) next()
      else send(document, response)
    }
  }
  return Object.assign(guardRoute, { auth, maybeAuth, metadata: serveMetadata })
}
