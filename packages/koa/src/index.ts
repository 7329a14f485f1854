import { toHttpRequest } from '@bailiwick/node'
import type { HttpHandler } from '@bailiwick/protocol'
import type { Middleware } from 'koa'

/**
 * Mounts a handler: `app.use(bailiwick(server.handle))`, or below a path with koa-mount. Requests that it does not
 * know go on to the next middleware.
 */
export function bailiwick(handle: HttpHandler): Middleware {
  return async (ctx, next) => {
    const parsedBody: unknown = Reflect.get(ctx.request, 'body')
    const { url, ip: remoteAddress } = ctx
    const answer = await handle(toHttpRequest(ctx.req, { url, parsedBody, remoteAddress }))
    if (answer === undefined) return next()
    ctx.status = answer.status
    for (const [name, value] of Object.entries(answer.headers)) {
      ctx.set(name, typeof value === 'string' ? value : [...value])
    }
    ctx.body = answer.body ?? ''
  }
}
