import { readBody } from '@bailiwick/protocol'
import type { HttpHandler, HttpRequest, HttpResponse } from '@bailiwick/protocol'

/** How to mount a handler on a fetch runtime. */
export interface FetchOptions {
  /**
   * The path below which the handler is mounted, e.g. `/as`.
   *
   * @defaultValue `''`
   */
  readonly mountPath?: string
  /**
   * Answers the requests that the handler leaves alone.
   *
   * @defaultValue 404
   */
  readonly fallback?: (request: Request) => Response | Promise<Response>
  /** Tells the address of the client, which a `Request` does not hold. */
  readonly remoteAddress?: (request: Request) => string | undefined
}

const notFound = (): Response => new Response(null, { status: 404 })

/** Path and query below the mount point, or `undefined` for what is not below it. */
function urlBelow(mountPath: string, request: Request): string | undefined {
  const { pathname, search } = new URL(request.url)
  if (pathname !== mountPath && !pathname.startsWith(`${mountPath}/`)) return undefined
  return pathname.slice(mountPath.length) + search
}

function toHttpRequest(
  request: Request,
  url: string,
  remoteAddress: string | undefined,
): HttpRequest {
  return {
    method: request.method,
    url,
    headers: Object.fromEntries(request.headers),
    body: async () => (request.body === null ? '' : readBody(request.body)),
    ...(remoteAddress !== undefined && { remoteAddress }),
  }
}

function toResponse({ status, headers, body }: HttpResponse, { method }: Request): Response {
  const fields = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((item): [string, string] => [name, item]),
  )
  return new Response(method === 'HEAD' ? null : body, { status, headers: fields })
}

/** Mounts a handler on any runtime that speaks `Request` and `Response`: `{ fetch: bailiwick(server.handle) }`. */
export function bailiwick(
  handle: HttpHandler,
  { mountPath = '', fallback = notFound, remoteAddress = () => undefined }: FetchOptions = {},
): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = urlBelow(mountPath, request)
    if (url === undefined) return fallback(request)
    const answer = await handle(toHttpRequest(request, url, remoteAddress(request)))
    return answer === undefined ? fallback(request) : toResponse(answer, request)
  }
}
