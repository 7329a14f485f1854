import type { HttpResponse } from '@bailiwick/protocol'
import { Refusal } from '../errors/refusal.js'
import type { RequestFacts } from '../request-facts.js'
import { findTokens } from './find-tokens.js'
import type { TokenSources } from './token-sources.js'

/** An access token, and how it was presented. */
export interface Credentials {
  readonly scheme: 'Bearer'
  readonly token: string
  /** What the response needs because the token was presented like this. */
  readonly responseHeaders?: HttpResponse['headers'] | undefined
}

const longest = 16 * 1024

// RFC 9110 section 11.4: a scheme, one or more spaces (not tabs), token68. Schemes are case-insensitive.
const bearerToken = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i
const token68 = /^[A-Za-z0-9\-._~+/]+=*$/
const bearerScheme = /^bearer(?![\w!#$%&'*+\-.^`|~])/i

/** Refuses a token that is longer than 16 KiB, before anything is decoded. */
export function checkLength(token: string): string {
  if (token.length > longest) throw new Refusal('token_too_long')
  return token
}

/** Reads the access token in the `Authorization` header of a request (RFC 6750 section 2.1). */
function readAuthorization({ headers }: Pick<RequestFacts, 'headers'>): Credentials {
  const field = headers['authorization']
  if (field === undefined) throw new Refusal('no_credentials')
  if (typeof field !== 'string') throw new Refusal('multiple_credentials')
  const token = bearerToken.exec(field)?.[1]
  if (token !== undefined) return { scheme: 'Bearer', token: checkLength(token) }
  throw new Refusal(bearerScheme.test(field) ? 'malformed_credentials' : 'unsupported_scheme')
}

async function readAnywhere(request: RequestFacts, sources: TokenSources): Promise<Credentials> {
  const found = await findTokens(request, sources)
  const isInHeader = sources.header && request.headers['authorization'] !== undefined
  // RFC 6750 section 2: whoever looks at another one of them would see another caller.
  if (found.length + (isInHeader ? 1 : 0) > 1) throw new Refusal('multiple_tokens')
  if (isInHeader) return readAuthorization(request)
  const [only] = found
  if (only === undefined) throw new Refusal('no_credentials')
  const { value, responseHeaders } = only
  if (typeof value !== 'string' || !token68.test(value)) {
    throw new Refusal('malformed_access_token')
  }
  return { scheme: 'Bearer', token: checkLength(value), responseHeaders }
}

/**
 * Reads the access token of a request from where it may be. Only the `Authorization` header is looked at unless other
 * sources were asked for. A promise only then.
 */
export function readCredentials(
  request: RequestFacts,
  sources: TokenSources,
): Credentials | Promise<Credentials> {
  const { header, query, body, cookie } = sources
  const isHeaderOnly = header && !query && !body && cookie === undefined
  return isHeaderOnly ? readAuthorization(request) : readAnywhere(request, sources)
}
