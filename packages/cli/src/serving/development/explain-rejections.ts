import type { AuthorizationServer, ExplainRequest } from '@bailiwick/core'
import type { HttpHandler, HttpRequest, HttpResponse } from '@bailiwick/protocol'
import { explorerLink } from './explorer-link.js'

/** Why a request was refused, and what explains it. */
export interface ExplainedRejection {
  readonly error: string
  /** In plain words, with the change that helps. */
  readonly sentence: string
  readonly request: ExplainRequest
  /** The page with the whole explanation. */
  readonly link: string
}

/** What is needed to explain rejections. */
export interface RejectionContext {
  readonly server: Pick<AuthorizationServer, 'issuer' | 'explain' | 'handle' | 'toExplainRequest'>
  readonly onRejection: (rejection: ExplainedRejection) => void
}

const explained: ReadonlySet<string> = new Set(['invalid_scope', 'invalid_target'])

/** The body can be read once only, and is read by two. */
function readableTwice(request: HttpRequest): HttpRequest {
  let body: Promise<string> | undefined
  return { ...request, body: () => (body ??= request.body()) }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    // It is a page.
    return {}
  }
}

/** An error as it was answered, and how to answer it with a link. */
interface Rejection {
  readonly error: string
  readonly withLink: (link: string) => HttpResponse
}

function rejectionByBody(response: HttpResponse): Rejection | undefined {
  const body = parse(response.body ?? '')
  const { error } = body
  if (typeof error !== 'string') return undefined
  return {
    error,
    withLink: (link) => ({ ...response, body: JSON.stringify({ ...body, error_uri: link }) }),
  }
}

/** At its end the authorization endpoint sends the browser to the client, with the error in the query or the fragment. */
function rejectionByRedirect(response: HttpResponse): Rejection | undefined {
  const { location } = response.headers
  if (typeof location !== 'string') return undefined
  const [start = '', mark = '', text = ''] = location.split(/([?#])(?=[^?#]*$)/)
  const parameters = new URLSearchParams(text)
  const error = parameters.get('error')
  if (error === null) return undefined
  return {
    error,
    withLink(link) {
      parameters.set('error_uri', link)
      const headers = { ...response.headers, location: `${start}${mark}${parameters.toString()}` }
      return { ...response, headers }
    },
  }
}

async function explain(
  request: HttpRequest,
  { error, withLink }: Rejection,
  { server, onRejection }: RejectionContext,
): Promise<HttpResponse | undefined> {
  const asked = await server.toExplainRequest(request)
  if (asked === undefined) return undefined
  const { suggestions, error: again } = await server.explain(asked)
  // Where it comes out otherwise, it was not what was asked for that made the difference.
  if (again?.error !== error) return undefined
  const link = explorerLink(asked, server.issuer)
  const said = suggestions.map(({ because, change }) => `${because} ${change}`)
  const sentence = said.length === 0 ? again.error_description : said.join(' ')
  onRejection({ error, sentence, request: asked, link })
  return withLink(link)
}

/**
 * Makes errors teach, for development: `invalid_scope` and `invalid_target` are answered with a link to the explanation of
 * that very request (`error_uri`, RFC 6749 sections 4.1.2.1 and 5.2), which anybody may then follow.
 */
export function explainRejections(context: RejectionContext): HttpHandler {
  return async (received) => {
    const request = readableTwice(received)
    const response = await context.server.handle(request)
    if (response === undefined) return undefined
    const rejection = rejectionByRedirect(response) ?? rejectionByBody(response)
    if (rejection === undefined || !explained.has(rejection.error)) return response
    return (await explain(request, rejection, context)) ?? response
  }
}
