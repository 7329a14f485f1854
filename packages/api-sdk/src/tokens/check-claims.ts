import { Refusal } from '../errors/refusal.js'
import type { Claims } from './decode-token.js'
import { readAuthorizationDetails } from './read-authorization-details.js'
import type { AuthorizationDetail } from './read-authorization-details.js'
import { readAudiences, readIdentifier, readText, readTime, required } from './read-claims.js'
import { readScopes } from './read-scopes.js'
import type { TokenPolicy, TrustedIssuer } from './token-policy.js'

/** An access token that is what it says it is. Only `verifyToken` hands one out. */
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

/** A token, and claims about it that its issuer stands for. */
interface VouchedToken {
  readonly token: string
  readonly claims: Claims
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
 * Checks what is known about a token (RFC 9068 section 4), wherever it is known from: its signature or an introspection
 * response. It does not check who says so, nor who presents the token.
 */
export function checkClaims(
  { token, claims }: VouchedToken,
  { issuer, checkAudience }: TrustedIssuer,
  policy: TokenPolicy,
): VerifiedToken {
  const scopes = policy.impliedBy(readScopes(claims))
  const authorizationDetails = readAuthorizationDetails(claims)
  const expiresAt = checkTimes(claims, policy)
  const audience = readAudiences(claims)
  checkAudience(audience)
  const subject = readSubject(claims, policy)
  const clientId = required(readText(claims, 'client_id'))
  const identifier = readIdentifier(claims)
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
