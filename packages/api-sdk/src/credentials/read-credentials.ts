import type { TokenScheme } from '../errors/challenges.js'
import { Refusal } from '../errors/refusal.js'
import type { RequestFacts } from '../request-facts.js'

/** An access token, and how it was presented. */
export interface Credentials {
  readonly scheme: TokenScheme
  readonly token: string
}

const longest = 16 * 1024

// RFC 9110 section 11.4: a scheme, one or more spaces (not tabs), token68. Schemes are case-insensitive.
const presentedToken = /^(?:bearer|dpop) +([A-Za-z0-9\-._~+/]+=*)$/i
const presentedScheme = /^(bearer|dpop)(?![\w!#$%&'*+\-.^`|~])/i

/** The scheme that a request uses, whatever else is wrong with its credentials. Undefined for others, and for several. */
export function readScheme({ headers }: Pick<RequestFacts, 'headers'>): TokenScheme | undefined {
  const field = headers['authorization']
  const name = typeof field === 'string' ? presentedScheme.exec(field)?.[1] : undefined
  if (name === undefined) return undefined
  return name.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer'
}

/** Refuses a token that is longer than 16 KiB, before anything is decoded. */
export function checkLength(token: string): string {
  if (token.length > longest) throw new Refusal('token_too_long')
  return token
}

/**
 * Reads the access token of a request (RFC 6750 section 2.1, RFC 9449 section 7.1). Only the `Authorization` header is looked
 * at, for tokens in a query or a form end up in logs.
 */
export function readCredentials(
  request: Pick<RequestFacts, 'headers'>,
  accepted: ReadonlySet<TokenScheme>,
): Credentials {
  const field = request.headers['authorization']
  if (field === undefined) throw new Refusal('no_credentials')
  if (typeof field !== 'string') throw new Refusal('multiple_credentials')
  const scheme = readScheme(request)
  if (scheme === undefined || !accepted.has(scheme)) throw new Refusal('unsupported_scheme')
  const token = presentedToken.exec(field)?.[1]
  if (token === undefined) throw new Refusal('malformed_credentials')
  return { scheme, token: checkLength(token) }
}
