import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import type { ProtectedResourceMetadata } from './protected-resource-metadata.js'

/** Answers a request for the metadata document, or returns undefined when the request is for something else. */
export type MetadataResponder = (
  request: Pick<HttpRequest, 'method' | 'url'>,
) => HttpResponse | undefined

/** Where the metadata are. */
export interface MetadataPlace {
  /**
   * Whether the document of a resource that has a path is also at the root of its host, where some clients look for it. Of
   * several resources on one host one can have it.
   *
   * @defaultValue `false`; `true` with `profile: 'mcp'`
   */
  readonly rootAlias?: boolean
}

const methods = 'GET, HEAD, OPTIONS'

const anyOrigin = { 'access-control-allow-origin': '*' } as const

/** Tells whether a request is for one of the addresses. A query counts where an address has one. */
function pathsOf(addresses: readonly string[]): (url: string) => boolean {
  const paths = new Set(
    addresses.map((address) => {
      const { pathname, search } = new URL(address)
      return `${pathname}${search}`
    }),
  )
  return (url) => paths.has(url) || paths.has(url.split('?', 1)[0] ?? '')
}

/** Serves a metadata document at the paths of its addresses, to everybody and from everywhere (RFC 9728 section 3). */
export function metadataResponder(
  metadata: ProtectedResourceMetadata,
  addresses: readonly string[],
): MetadataResponder {
  const isAddressed = pathsOf(addresses)
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
    if (!isAddressed(url)) return undefined
    return Object.hasOwn(byMethod, method) ? byMethod[method] : notAllowed
  }
}
