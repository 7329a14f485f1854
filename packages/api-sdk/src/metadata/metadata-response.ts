import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import type { ProtectedResourceMetadata } from './protected-resource-metadata.js'

/** Answers a request for the metadata document, or returns undefined when the request is for something else. */
export type MetadataResponder = (
  request: Pick<HttpRequest, 'method' | 'url'>,
) => HttpResponse | undefined

const methods = 'GET, HEAD, OPTIONS'

const anyOrigin = { 'access-control-allow-origin': '*' } as const

/** Serves a metadata document at the path of its address, to everybody and from everywhere (RFC 9728 section 3). */
export function metadataResponder(
  metadata: ProtectedResourceMetadata,
  address: string,
): MetadataResponder {
  const { pathname, search } = new URL(address)
  const path = `${pathname}${search}`
  const body = JSON.stringify(metadata)
  const headers = {
    ...anyOrigin,
    'cache-control': 'public, max-age=3600',
    'content-type': 'application/json',
    'content-length': String(new TextEncoder().encode(body).length),
  }
  const byMethod: Readonly<Record<string, HttpResponse>> = {
    GET: { status: 200, headers, body },
    HEAD: { status: 200, headers },
    OPTIONS: {
      status: 204,
      headers: {
        ...anyOrigin,
        'access-control-allow-methods': methods,
        'access-control-allow-headers': '*',
      },
    },
  }
  const notAllowed = {
    status: 405,
    headers: { ...anyOrigin, allow: methods, 'content-length': '0' },
  }
  return ({ method, url }) => {
    const [requested] = search === '' ? url.split('?', 1) : [url]
    if (requested !== path) return undefined
    return Object.hasOwn(byMethod, method) ? byMethod[method] : notAllowed
  }
}
