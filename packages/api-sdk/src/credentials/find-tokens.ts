import type { HttpResponse } from '@bailiwick/protocol'
import type { RequestFacts } from '../request-facts.js'
import type { CookieSourceOptions, TokenSources } from './token-sources.js'

/** What is where a token may be, whatever it is, and what the response needs if it is taken from there. */
interface FoundToken {
  readonly value: unknown
  readonly responseHeaders?: HttpResponse['headers']
}

const parameter = 'access_token'

// RFC 6750 section 2.3: what was asked for with a token in the address is nobody else's.
const notStored: HttpResponse['headers'] = Object.freeze({ 'cache-control': 'private, no-store' })

function findInQuery({ method, url }: RequestFacts): readonly FoundToken[] {
  const start = url.indexOf('?')
  if (method !== 'GET' || start === -1) return []
  const values = new URLSearchParams(url.slice(start + 1)).getAll(parameter)
  return values.map((value) => ({ value, responseHeaders: notStored }))
}

/** Whether it was not another site that had the browser send a request, and the cookie with it. */
function isOwnRequest({ headers }: RequestFacts, { customHeader }: CookieSourceOptions): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  return customHeader !== undefined && headers[customHeader.toLowerCase()] !== undefined
}

function findInCookie(
  request: RequestFacts,
  source: CookieSourceOptions | undefined,
): readonly FoundToken[] {
  if (source === undefined || !isOwnRequest(request, source)) return []
  return [request.headers['cookie'] ?? []]
    .flat()
    .flatMap((field) => field.split(';'))
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${source.name}=`))
    .map((pair) => ({ value: pair.slice(source.name.length + 1) }))
}

function isForm({ method, headers }: RequestFacts): boolean {
  const type = headers['content-type']
  if (method === 'GET' || method === 'HEAD' || typeof type !== 'string') return false
  return type.split(';', 1)[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded'
}

async function findInForm(request: RequestFacts): Promise<readonly FoundToken[]> {
  if (!isForm(request)) return []
  const form = await request.form?.()
  if (form === undefined || !Object.hasOwn(form, parameter)) return []
  return [form[parameter]].flat().map((value) => ({ value }))
}

/** Finds every token outside of the `Authorization` header that is at a place where one may be. */
export async function findTokens(
  request: RequestFacts,
  { query, body, cookie }: TokenSources,
): Promise<readonly FoundToken[]> {
  return [
    ...(query ? findInQuery(request) : []),
    ...findInCookie(request, cookie),
    ...(body ? await findInForm(request) : []),
  ]
}
