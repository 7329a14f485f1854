import { OAuthError } from '@bailiwick/protocol'
import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'

/**
 * Of which origins scripts may call an endpoint: of none, of those that a client lists in `allowedCorsOrigins`, or of
 * all. Cookies never count in such a call.
 */
export type CorsPolicy = 'none' | 'clients' | 'public'

/** A request, and what its endpoint has to say of scripts. */
export interface CorsRequest {
  readonly policy: CorsPolicy
  readonly methods: readonly string[]
  readonly request: HttpRequest
}

type Headers = HttpResponse['headers']

const allowedHeaders = 'authorization, content-type, dpop'

/** Those of our response headers that scripts do not get to see by themselves. */
const exposedHeaders = 'www-authenticate, dpop-nonce'

/** In seconds: the longest that Chromium keeps the answer to a preflight. */
const preflightMaxAge = 7200

function isPreflight({ method, headers }: HttpRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

async function isOriginOfClient(
  origin: string,
  { clients }: Pick<ServerContext, 'clients'>,
): Promise<boolean> {
  try {
    return await clients.hasCorsOrigin(origin)
  } catch (cause) {
    throw new OAuthError('temporarily_unavailable', {
      description: 'the origin of the request cannot be looked up at the moment',
      headers: { 'retry-after': '5' },
      cause,
    })
  }
}

/** What tells a browser that the script which asked may read the answer. */
async function permission(
  { policy, request }: CorsRequest,
  context: Pick<ServerContext, 'clients'>,
): Promise<Headers | undefined> {
  if (policy === 'public') return { 'access-control-allow-origin': '*' }
  const { origin } = request.headers
  // Every sandboxed frame and local file has the origin "null": it is nobody's.
  if (typeof origin !== 'string' || origin === 'null') return undefined
  if (!(await isOriginOfClient(origin, context))) return undefined
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': exposedHeaders,
    vary: 'origin',
  }
}

const preflightHeaders = ({ methods }: CorsRequest): Headers => ({
  'access-control-allow-methods': methods.join(', '),
  'access-control-allow-headers': allowedHeaders,
  'access-control-max-age': String(preflightMaxAge),
})

/**
 * Has an endpoint answer, and adds what browsers need to let a script of another origin read it (Fetch Standard,
 * section 3.3); preflights it answers itself. A script that may not call is refused by its browser: the answer is the
 * same without these headers. The origin is looked up first, so that nothing is used up when that fails.
 *
 * @throws OAuthError `temporarily_unavailable` when the origin cannot be looked up.
 */
export async function answerWithCors(
  received: CorsRequest,
  answer: () => Promise<HttpResponse>,
  context: Pick<ServerContext, 'clients'>,
): Promise<HttpResponse> {
  if (received.policy === 'none') return answer()
  const permitted = await permission(received, context)
  if (isPreflight(received.request)) {
    return {
      status: 204,
      headers: permitted ? { ...permitted, ...preflightHeaders(received) } : {},
    }
  }
  const response = await answer()
  return permitted ? { ...response, headers: { ...response.headers, ...permitted } } : response
}
