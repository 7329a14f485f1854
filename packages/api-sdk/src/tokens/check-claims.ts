import { Refusal } from '../errors/refusal.js'
import { checkClientAsAudience, checkShape, readClient, requiredBy } from './check-shape.js'
import type { Claims } from './decode-token.js'
import { readAuthorizationDetails } from './read-authorization-details.js'
import type { AuthorizationDetail } from './read-authorization-details.js'
import { readAudiences, readIdentifier, readText, readTime, required } from './read-claims.js'
import { readScopes } from './read-scopes.js'
import type { TokenPolicy, TrustedIssuer } from './token-policy.js'
import type { TokenShape } from './token-shape.js'

/** An access token that is what it says it is. Only `verifyToken` hands one out. */
export interface VerifiedToken {
  readonly token: string
  readonly issuer: string
  readonly shape: TokenShape
  readonly subject: string | undefined
  readonly clientId: string | undefined
  readonly audience: readonly string[]
  readonly scopes: ReadonlySet<string>
  readonly authorizationDetails: readonly AuthorizationDetail[]
  readonly identifier: string | undefined
  readonly expiresAt: number
  readonly claims: Claims
}

/** A token, and claims about it that its issuer stands for. */
interface VouchedToken {
  readonly token: string
  readonly claims: Claims
}

const nobody: readonly string[] = Object.freeze([])

/** Checks `exp`, `nbf` and `iat` and returns the first (RFC 7519 sections 4.1.4 to 4.1.6). */
function checkTimes(
  claims: Claims,
  shape: TokenShape,
  { now, clockTolerance, maxTokenAge }: TokenPolicy,
): number {
  const expiresAt = required(readTime(claims, 'exp'))
  const issuedAt = requiredBy(shape, 'iat', readTime(claims, 'iat'))
  const notBefore = readTime(claims, 'nbf')
  const current = now()
  if (current >= expiresAt + clockTolerance) throw new Refusal('expired')
  if (Math.max(notBefore ?? 0, issuedAt ?? 0) > current + clockTolerance) {
    throw new Refusal('not_yet_valid')
  }
  if (maxTokenAge !== undefined && current - required(issuedAt) > maxTokenAge + clockTolerance) {
    throw new Refusal('too_old')
  }
  return expiresAt
}

function readAudience(claims: Claims, { shape, checkAudience }: TrustedIssuer): readonly string[] {
  const audience = requiredBy(shape, 'aud', readAudiences(claims))
  if (audience === undefined) return nobody
  checkAudience(audience)
  return audience
}

function readSubject(
  claims: Claims,
  shape: TokenShape,
  { subject }: TokenPolicy,
): string | undefined {
  const value = readText(claims, 'sub')
  return subject === 'required' ? requiredBy(shape, 'sub', value) : value
}

function checkClient(clientId: string | undefined, { clients }: TrustedIssuer): void {
  if (clients === undefined) return
  if (clientId === undefined || !clients.has(clientId)) throw new Refusal('unknown_client')
}

/**
 * Checks what is known about a token (RFC 9068 section 4), wherever it is known from: its signature or an introspection
 * response. It does not check who says so, nor who presents the token.
 */
export function checkClaims(
  { token, claims }: VouchedToken,
  trusted: TrustedIssuer,
  policy: TokenPolicy,
): VerifiedToken {
  const { issuer, shape } = trusted
  checkShape(claims, shape)
  const scopes = policy.impliedBy(readScopes(claims, shape))
  const authorizationDetails = readAuthorizationDetails(claims)
  const expiresAt = checkTimes(claims, shape, policy)
  const audience = readAudience(claims, trusted)
  const subject = readSubject(claims, shape, policy)
  const clientId = readClient(claims, shape)
  checkClientAsAudience(clientId, audience, shape)
  checkClient(clientId, trusted)
  const identifier = requiredBy(shape, 'jti', readIdentifier(claims, policy.limits))
  return {
    token,
    issuer,
    shape,
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
