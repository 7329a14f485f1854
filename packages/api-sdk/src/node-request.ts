import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { FormParameters, RequestFacts, RouteParameters } from './request-facts.js'

/** What a router knows about a request that Node.js does not. */
export interface RoutedRequest {
  /** Path and query as the client sent them: the `url` of Node.js may lack the path that a router is mounted at. */
  readonly url: string
  readonly params: RouteParameters | undefined
  readonly form: () => FormParameters | undefined
}

/** Fields of which a second one must not go unnoticed. */
const single = ['authorization', 'dpop'] as const

// Node.js drops all but the first Authorization field from its headers, so that a proxy that looks at the last one
// would see another token than the API. Others it joins.
function fieldsOf(rawHeaders: readonly string[], name: string): readonly string[] {
  return rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name,
  )
}

/** Tells whether there is a second field of a name, without a list of them: every request asks, and hardly one has. */
function isRepeated(rawHeaders: readonly string[], name: string): boolean {
  let fields = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const field = rawHeaders[index]
    if (field?.length === name.length && field.toLowerCase() === name) fields += 1
  }
  return fields > 1
}

function headersOf({ headers, rawHeaders }: IncomingMessage): RequestFacts['headers'] {
  const isTwice = (name: string): boolean =>
    headers[name] !== undefined && isRepeated(rawHeaders, name)
  if (!single.some(isTwice)) return headers
  const fields = single.filter(isTwice).map((name) => [name, fieldsOf(rawHeaders, name)] as const)
  return { ...headers, ...Object.fromEntries(fields) }
}

function readCertificate({ socket }: IncomingMessage): Uint8Array | undefined {
  return socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.raw : undefined
}

/** What has to be known about a Node.js request. */
export function readNodeRequest(
  request: IncomingMessage,
  { url, params, form }: RoutedRequest,
): RequestFacts {
  const { method = 'GET' } = request
  return {
    method,
    url,
    headers: headersOf(request),
    params,
    form,
    source: request,
    clientCertificate: () => readCertificate(request),
    peerAddress: () => request.socket.remoteAddress,
  }
}
