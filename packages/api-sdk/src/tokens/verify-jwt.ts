import { Refusal } from '../errors/refusal.js'
import { checkClaims } from './check-claims.js'
import type { VerifiedToken } from './check-claims.js'
import { checkSignature } from './check-signature.js'
import { checkType, decodeToken } from './decode-token.js'
import type { Claims } from './decode-token.js'
import type { TokenPolicy, TrustedIssuer } from './token-policy.js'

/** Uses the unverified `iss` to pick one of the configured issuers, and for nothing else. */
function findIssuer({ iss }: Claims, issuers: TokenPolicy['issuers']): TrustedIssuer {
  if (typeof iss !== 'string') throw new Refusal('unknown_issuer')
  const issuer = issuers.get(iss)
  if (issuer !== undefined) return issuer
  const other = iss.endsWith('/') ? iss.slice(0, -1) : `${iss}/`
  throw new Refusal(issuers.has(other) ? 'issuer_trailing_slash' : 'unknown_issuer')
}

/**
 * Validates a JWT access token (RFC 9068 section 4). The order matters: what is cheap and local comes first, so that
 * garbage never reaches the network, and claims are only believed once the signature is.
 */
export async function verifyJwt(token: string, policy: TokenPolicy): Promise<VerifiedToken> {
  const decoded = decodeToken(token, policy.header)
  const { header, claims } = decoded
  const issuer = findIssuer(claims, policy.issuers)
  checkType(header.typ, issuer.types)
  if (!issuer.algorithms.has(header.alg)) throw new Refusal('algorithm_not_allowed')
  const key = issuer.keys.find(header)
  await checkSignature(decoded, key instanceof Promise ? await key : key)
  return checkClaims({ token, claims }, issuer, policy)
}
