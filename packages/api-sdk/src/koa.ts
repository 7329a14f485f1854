import type { IncomingMessage } from 'node:http'
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

/** The part of a Koa context that a guard uses, so that the state of your application keeps its type. */
export interface KoaContext {
  readonly req: IncomingMessage
  readonly originalUrl: string
  readonly request: object
  status: number
  body: unknown
  /** Sets a header field of the response. */
  set(field: string, value: string | string[]): void
  /** Adds a value to a header field of the response. */
  append(field: string, value: string | string[]): void
  /** Takes a header field of the response away. */
  remove(field: string): void
}

/** A middleware of Koa. */
export type KoaMiddleware = (ctx: KoaContext, next: () => Promise<unknown>) => Promise<void>

/** Guards routes of Koa 3. */
export interface KoaGuard<Scope extends string = string, ClaimTypes extends object = object> {
  /**
   * Lets a request pass when its token is valid and meets what is needed; without needs a valid token is enough.
   *
   * @throws ConfigurationError, when the route is set up, for needs that are empty or name an unknown scope.
   */
  (needs?: Needs<Scope>, options?: GuardOptions): KoaMiddleware
  /** Who calls. Throws a ConfigurationError when no guard of this API let the request pass, or only as anonymous. */
  readonly auth: (ctx: Pick<KoaContext, 'req'>) => Auth<Scope, ClaimTypes>
  /** Who calls, or undefined for an anonymous request and one that was not guarded. */
  readonly maybeAuth: (ctx: Pick<KoaContext, 'req'>) => Auth<Scope, ClaimTypes> | undefined
  /**
   * Serves the metadata document (RFC 9728): `app.use(guard.metadata())`.
   *
   * @throws ConfigurationError when the name of the resource is no http(s) URL.
   */
  readonly metadata: () => KoaMiddleware
}

const read = (ctx: KoaContext): RequestFacts =>
  readNodeRequest(ctx.req, {
    url: ctx.originalUrl,
    params: readRouteParameters(ctx),
    form: () => readParsedForm(ctx.request),
  })

function setHeaders(headers: HttpResponse['headers'], ctx: KoaContext): void {
  for (const [name, value] of Object.entries(headers)) {
    const values = [value].flat()
    // What a CORS middleware has exposed stays exposed.
    if (name === 'access-control-expose-headers') ctx.append(name, values)
    else ctx.set(name, values)
  }
}

function send({ status, headers, body = '' }: HttpResponse, ctx: KoaContext): void {
  ctx.status = status
  ctx.body = body
  // Koa guesses a type for any text, also for none.
  ctx.remove('content-type')
  setHeaders(headers, ctx)
}

/**
 * Guards routes of Koa with an API. Make one of it and share it: another one does not know who calls.
 *
 * @example
 * ```ts
 * const guard = guardWith(api)
 * router.get('/invoices', guard('invoice.read'), (ctx) => {
 *   ctx.body = listFor(guard.auth(ctx).subject)
 * })
 * ```
 */
export function guardWith<Scope extends string, ClaimTypes extends object>(
  api: ResourceServer<Scope, ClaimTypes>,
): KoaGuard<Scope, ClaimTypes> {
  const { guard, auth, maybeAuth, metadata } = createGuardCore(api)
  const guardRoute = (needs?: Needs<Scope>, options?: GuardOptions): KoaMiddleware => {
    const decide = guard(needs, options)
    return async (ctx, next) => {
      const decision = await decide(ctx.req, read(ctx))
      if (!decision.passes) {
        send(decision.response, ctx)
        return
      }
      setHeaders(decision.responseHeaders, ctx)
      await next()
    }
  }
  const serveMetadata = (): KoaMiddleware => {
    const respond = metadata()
    return async (ctx, next) => {
      const document = respond(read(ctx))
      if (document === undefined) await next()
      else send(document, ctx)
    }
  }
  return Object.assign(guardRoute, {
    auth: ({ req }: Pick<KoaContext, 'req'>) => auth(req),
    maybeAuth: ({ req }: Pick<KoaContext, 'req'>) => maybeAuth(req),
    metadata: serveMetadata,
  })
}
