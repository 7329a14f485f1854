import type { RequestListener } from 'node:http'
import type { HttpHandler } from '@bailiwick/protocol'
import { toHttpRequest } from './to-http-request.js'
import { writeHttpResponse } from './write-http-response.js'

const notFound: RequestListener = (_request, response) => {
  writeHttpResponse(response, { status: 404, headers: {} })
}

/**
 * Serves a handler without a framework: `createServer(toNodeListener(server.handle))`. A handler that throws, which
 * those of Bailiwick do not, is a bug: it ends in an unhandled rejection as any listener's would.
 *
 * @param fallback answers the requests that the handler leaves alone.
 * @defaultValue `fallback`: 404
 */
export function toNodeListener(
  handle: HttpHandler,
  fallback: RequestListener = notFound,
): RequestListener {
  const serve: (...exchange: Parameters<RequestListener>) => Promise<void> = async (
    request,
    response,
  ) => {
    const answer = await handle(toHttpRequest(request, { url: request.url ?? '/' }))
    if (answer === undefined) fallback(request, response)
    else writeHttpResponse(response, answer)
  }
  return (request, response) => {
    void serve(request, response)
  }
}
