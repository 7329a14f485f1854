import { Refusal } from '../errors/refusal.js'
import type { RequestFacts } from '../request-facts.js'

/** An access token, and how it was presented. */
export interface Credentials {
  readonly scheme: 'Bearer'
  readonly token: string
}

const longest = 16 * 1024

// RFC 9110 section 11.4: a scheme, one or more spaces (not tabs), token68. Schemes are case-insensitive.
const bearerToken = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i
const bearerScheme = /^bearer(?![\w!#$%&'*+\-.^`|~])/i

/** Refuses a token that is longer than 16 KiB, before anything is decoded. */
export function checkLength(token: string): string {
  if (token.length > longest) throw new Refusal('token_too_long')
  return token
}

/**
 * Reads the access token of a request (RFC 6750 section 2.1). Only the `Authorization` header is looked at, for tokens
 * in a query or a form end up in logs.
 */
export function readCredentials({ headers }: Pick<RequestFacts, 'headers'>): Credentials {
  const field = headers['authorization']
  if (field === undefined) throw new Refusal('no_credentials')
  if (typeof field !== 'string') throw new Refusal('multiple_credentials')
  const token = bearerToken.exec(field)?.[1]
  if (token !== undefined) return { scheme: 'Bearer', token: checkLength(token) }
  throw new Refusal(bearerScheme.test(field) ? 'malformed_credentials' : 'unsupported_scheme')
}
