import { toHttpRequest, writeHttpResponse } from '@bailiwick/node'
import type { HttpHandler } from '@bailiwick/protocol'
import type { RequestHandler } from 'express'

/**
 * Mounts a handler: `app.use(bailiwick(server.handle))`, or below a path with `app.use('/as', …)`. Requests that it
 * does not know go on to `next`.
 */
export function bailiwick(handle: HttpHandler): RequestHandler {
  return async (request, response, next) => {
    const { url, ip: remoteAddress } = request
    const parsedBody: unknown = request.body
    const answer = await handle(toHttpRequest(request, { url, parsedBody, remoteAddress }))
    if (answer === undefined) next()
    else writeHttpResponse(response, answer)
  }
}
