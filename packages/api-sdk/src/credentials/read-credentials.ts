import type { HttpResponse } from '@bailiwick/protocol'
import type { TokenScheme } from '../errors/challenges.js'
import { Refusal } from '../errors/refusal.js'
import type { Limits } from '../options/limit-options.js'
import type { RequestFacts } from '../request-facts.js'
import { findTokens } from './find-tokens.js'
import type { TokenSources } from './token-sources.js'

/** An access token, and how it was presented. */
export interface Credentials {
  readonly scheme: TokenScheme
  readonly token: string
  /** What the response needs because the token was presented like this. */
  readonly responseHeaders?: HttpResponse['headers'] | undefined
}

// RFC 9110 section 11.4: a scheme, one or more spaces (not tabs), token68. Schemes are case-insensitive.
const presentedToken = /^(?:bearer|dpop) +([A-Za-z0-9\-._~+/]+=*)$/i
const token68 = /^[A-Za-z0-9\-._~+/]+=*$/
const presentedScheme = /^(bearer|dpop)(?![\w!#$%&'*+\-.^`|~])/i

/** The scheme that a request uses, whatever else is wrong with its credentials. Undefined for others, and for several. */
export function readScheme({ headers }: Pick<RequestFacts, 'headers'>): TokenScheme | undefined {
  const field = headers['authorization']
  const name = typeof field === 'string' ? presentedScheme.exec(field)?.[1] : undefined
  if (name === undefined) return undefined
  return name.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer'
}

/** Refuses a token that is longer than it may be, before anything is decoded. */
export function checkLength(token: string, limits: Pick<Limits, 'token'>): string {
  if (token.length > limits.token) throw new Refusal('token_too_long')
  return token
}

/** How tokens may be presented. */
export interface Presentations {
  readonly sources: TokenSources
  /** The schemes of the `Authorization` header. */
  readonly schemes: ReadonlySet<TokenScheme>
  readonly policy: { readonly limits: Pick<Limits, 'token'> }
}

/** Reads the access token in the `Authorization` header (RFC 6750 section 2.1, RFC 9449 section 7.1). */
function readAuthorization(
  request: Pick<RequestFacts, 'headers'>,
  { schemes, policy }: Presentations,
): Credentials {
  const field = request.headers['authorization']
  if (field === undefined) throw new Refusal('no_credentials')
  if (typeof field !== 'string') throw new Refusal('multiple_credentials')
  const scheme = readScheme(request)
  if (scheme === undefined || !schemes.has(scheme)) throw new Refusal('unsupported_scheme')
  const token = presentedToken.exec(field)?.[1]
  if (token === undefined) throw new Refusal('malformed_credentials')
  return { scheme, token: checkLength(token, policy.limits) }
}

async function readAnywhere(
  request: RequestFacts,
  presentations: Presentations,
): Promise<Credentials> {
  const { sources, policy } = presentations
  const found = await findTokens(request, sources)
  const isInHeader = sources.header && request.headers['authorization'] !== undefined
  // RFC 6750 section 2: whoever looks at another one of them would see another caller.
  if (found.length + (isInHeader ? 1 : 0) > 1) throw new Refusal('multiple_tokens')
  if (isInHeader) return readAuthorization(request, presentations)
  const [only] = found
  if (only === undefined) throw new Refusal('no_credentials')
  const { value, responseHeaders } = only
  if (typeof value !== 'string' || !token68.test(value)) {
    throw new Refusal('malformed_access_token')
  }
  return { scheme: 'Bearer', token: checkLength(value, policy.limits), responseHeaders }
}

/**
 * Reads the access token of a request from where it may be. Only the `Authorization` header is looked at unless other
 * sources were asked for. A promise only then.
 */
export function readCredentials(
  request: RequestFacts,
  presentations: Presentations,
): Credentials | Promise<Credentials> {
  const { header, query, body, cookie } = presentations.sources
  const isHeaderOnly = header && !query && !body && cookie === undefined
  return isHeaderOnly
    ? readAuthorization(request, presentations)
    : readAnywhere(request, presentations)
}
