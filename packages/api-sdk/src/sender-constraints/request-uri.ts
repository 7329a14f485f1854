import type { RequestFacts } from '../request-facts.js'

/** Tells where clients send their requests: scheme, host and port. */
export type PublicOrigin = (request: RequestFacts) => string

// RFC 9112 section 3.2: what a client asks for is a path, or an absolute URI when it takes the API for a proxy. The host
// in that is as good as any `Host`: the client's word.
const requestTarget = /^(?:https?:\/\/[^/?#]*)?(\/[^?#]*)?(?:[?#]|$)/i

/**
 * The URL a client sent a request to, without query. What the request says of a host is not looked at. Empty for a request
 * that has no path.
 */
export function requestUri(request: RequestFacts, publicOrigin: PublicOrigin): string {
  const target = requestTarget.exec(request.url)
  return target === null ? '' : `${publicOrigin(request)}${target[1] ?? '/'}`
}
