import type { RequestFacts } from '../request-facts.js'

/** Tells where clients send their requests: scheme, host and port. */
export type PublicOrigin = (request: RequestFacts) => string

// A function may read it from what a proxy passes on: with `h/a?` for a host, the path of the request would not matter.
const webOrigin = /^https?:\/\/[^/?#]+$/i

function readOrigin(request: RequestFacts, publicOrigin: PublicOrigin): string {
  const origin: unknown = publicOrigin(request)
  if (typeof origin === 'string' && webOrigin.test(origin)) return origin
  throw new TypeError('publicOrigin returned no scheme, host and port')
}

// RFC 9112 section 3.2: what a client asks for is a path, or an absolute URI when it takes the API for a proxy. The host
// in that is as good as any `Host`: the client's word. It has to look like one, because Express and Koa take what else
// stands there for the start of the path (`http://a:b/c`), and would serve another than the proof is for.
const requestTarget = /^(?:https?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d*)?)?(\/[^?#]*)?(?:[?#]|$)/i

// A proof for `/b` is one for `/a/../b` (RFC 3986 section 6.2.2.3), but a router takes the two for different routes.
const dotSegment = /\/(?:\.|%2e){1,2}(?:\/|$)/i

/**
 * The URL a client sent a request to, without query. What the request says of a host is not looked at. Empty for a request
 * of which it is not certain what it asks for.
 */
export function requestUri(request: RequestFacts, publicOrigin: PublicOrigin): string {
  const target = requestTarget.exec(request.url)
  if (target === null) return ''
  const { 1: path = '/' } = target
  return dotSegment.test(path) ? '' : `${readOrigin(request, publicOrigin)}${path}`
}
