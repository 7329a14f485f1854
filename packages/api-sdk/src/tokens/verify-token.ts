import { Refusal } from '../errors/refusal.js'
import type { IssuerKeys } from '../keys/issuer-keys.js'
import type { AccessTokenAlgorithm } from './algorithms.js'
import type { AudienceCheck } from './audience.js'
import { checkSignature } from './check-signature.js'
import { decodeToken } from './decode-token.js'
import type { Claims } from './decode-token.js'
import { readAuthorizationDetails } from './read-authorization-details.js'
import type { AuthorizationDetail } from './read-authorization-details.js'
import { readAudiences, readIdentifier, readText, readTime, required } from './read-claims.js'
import { readScopes } from './read-scopes.js'

/** An issuer whose tokens are accepted, with the only keys and audiences that count for it. */
export interface TrustedIssuer {
  readonly issuer: string
  readonly algorithms: ReadonlySet<AccessTokenAlgorithm>
  readonly checkAudience: AudienceCheck
  readonly keys: IssuerKeys
}

/** What tokens are checked against. */
export interface TokenPolicy {
  readonly issuers: ReadonlyMap<string, TrustedIssuer>
  /** In seconds. */
  readonly clockTolerance: number
  /** In seconds. */
  readonly maxTokenAge: number | undefined
  readonly subject: 'required' | 'optional'
  /** In seconds since 1970. */
  readonly now: () => number
}

/** An access token that is what it says it is. Only {@link verifyToken} makes one. */
export interface VerifiedToken {
  readonly token: string
  readonly issuer: string
  readonly subject: string | undefined
  readonly clientId: string
  readonly audience: readonly string[]
  readonly scopes: ReadonlySet<string>
  readonly authorizationDetails: readonly AuthorizationDetail[]
  readonly identifier: string
  readonly expiresAt: number
  readonly claims: Claims
}

/** Uses the unverified `iss` to pick one of the configured issuers, and for nothing else. */
function findIssuer({ iss }: Claims, issuers: TokenPolicy['issuers']): TrustedIssuer {
  if (typeof iss !== 'string') throw new Refusal('unknown_issuer')
  const issuer = issuers.get(iss)
  if (issuer !== undefined) return issuer
  const other = iss.endsWith('/') ? iss.slice(0, -1) : `${iss}/`
  throw new Refusal(issuers.has(other) ? 'issuer_trailing_slash' : 'unknown_issuer')
}

/** Checks `exp`, `nbf` and `iat` and returns the first (RFC 7519 sections 4.1.4 to 4.1.6). */
function checkTimes(claims: Claims, { now, clockTolerance, maxTokenAge }: TokenPolicy): number {
  const expiresAt = required(readTime(claims, 'exp'))
  const issuedAt = required(readTime(claims, 'iat'))
  const notBefore = readTime(claims, 'nbf') ?? issuedAt
  const current = now()
  if (current >= expiresAt + clockTolerance) throw new Refusal('expired')
  if (Math.max(notBefore, issuedAt) > current + clockTolerance) throw new Refusal('not_yet_valid')
  if (maxTokenAge !== undefined && current - issuedAt > maxTokenAge + clockTolerance) {
    throw new Refusal('too_old')
  }
  return expiresAt
}

function readSubject(claims: Claims, { subject }: TokenPolicy): string | undefined {
  const value = readText(claims, 'sub')
  return subject === 'required' ? required(value) : value
}

/**
 * Validates a JWT access token (RFC 9068 section 4). The order matters: what is cheap and local comes first, so that
 * garbage never reaches the network, and claims are only believed once the signature is.
 */
export async function verifyToken(token: string, policy: TokenPolicy): Promise<VerifiedToken> {
  const decoded = decodeToken(token)
  const { header, claims } = decoded
  const { issuer, algorithms, checkAudience, keys } = findIssuer(claims, policy.issuers)
  if (!algorithms.has(header.alg)) throw new Refusal('algorithm_not_allowed')
  const key = keys.find(header)
  await checkSignature(decoded, key instanceof Promise ? await key : key)
  const scopes = readScopes(claims)
  const authorizationDetails = readAuthorizationDetails(claims)
  const expiresAt = checkTimes(claims, policy)
  const audience = readAudiences(claims)
  checkAudience(audience)
  const subject = readSubject(claims, policy)
  const clientId = required(readText(claims, 'client_id'))
  const identifier = readIdentifier(claims)
  // A bound token that is accepted without its proof is a bearer token (RFC 9449 section 7.2, RFC 8705 section 3).
  if (claims['cnf'] !== undefined) throw new Refusal('bound_token')
  return {
    token,
    issuer,
    subject,
    clientId,
    audience,
    scopes,
    authorizationDetails,
    identifier,
    expiresAt,
    claims,
  }
}
