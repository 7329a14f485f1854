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
  /** Undefined only when the issuer was asked about it and did not say. */
  readonly identifier: string | undefined
  readonly expiresAt: number
  readonly claims: Claims
}

/** Claims that every JWT has (RFC 9068 section 2.2), and that an issuer that is asked need not tell (RFC 7662 section 2.2). */
export type TolerableClaim = 'aud' | 'iat' | 'jti'

/** A token, and claims about it that its issuer stands for. */
interface VouchedToken {
  readonly token: string
  readonly claims: Claims
  /** What may be missing. If it is there, it is checked all the same. */
  readonly mayLack: ReadonlySet<TolerableClaim>
}

/** Refuses a token that lacks a claim which it may not lack. */
function demand<Value>(
  value: Value | undefined,
  name: TolerableClaim,
  { mayLack }: VouchedToken,
): Value | undefined {
  return mayLack.has(name) ? value : required(value)
}

const nobody: readonly string[] = Object.freeze([])

/** Checks `exp`, `nbf` and `iat` and returns the first (RFC 7519 sections 4.1.4 to 4.1.6). */
function checkTimes(
  vouched: VouchedToken,
  { now, clockTolerance, maxTokenAge }: TokenPolicy,
): number {
  const { claims } = vouched
  const expiresAt = required(readTime(claims, 'exp'))
  const issuedAt = demand(readTime(claims, 'iat'), 'iat', vouched) ?? 0
  const notBefore = readTime(claims, 'nbf') ?? 0
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
  vouched: VouchedToken,
  { issuer, checkAudience }: TrustedIssuer,
  policy: TokenPolicy,
): VerifiedToken {
  const { token, claims } = vouched
  const scopes = policy.impliedBy(readScopes(claims))
  const authorizationDetails = readAuthorizationDetails(claims)
  const expiresAt = checkTimes(vouched, policy)
  const audience = demand(readAudiences(claims), 'aud', vouched)
  if (audience !== undefined) checkAudience(audience)
  const subject = readSubject(claims, policy)
  const clientId = required(readText(claims, 'client_id'))
  const identifier = demand(readIdentifier(claims), 'jti', vouched)
  return {
    token,
    issuer,
    subject,
    clientId,
    audience: audience ?? nobody,
    scopes,
    authorizationDetails,
    identifier,
    expiresAt,
    claims,
  }
}
