import type { KeyObject } from 'node:crypto'
import { Refusal } from '../errors/refusal.js'
import { checkClaims } from './check-claims.js'
import type { VerifiedToken } from './check-claims.js'
import { checkSignature } from './check-signature.js'
import { decodeToken } from './decode-token.js'
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
 * garbage never reaches the network, and claims are only believed once the signature is. A promise only when the key is
 * not at hand.
 */
export function verifyJwt(
  token: string,
  policy: TokenPolicy,
): VerifiedToken | Promise<VerifiedToken> {
  const decoded = decodeToken(token)
  const { header, claims } = decoded
  const issuer = findIssuer(claims, policy.issuers)
  if (!issuer.algorithms.has(header.alg)) throw new Refusal('algorithm_not_allowed')
  const verifyWith = (key: KeyObject): VerifiedToken => {
    checkSignature(decoded, key)
    return checkClaims({ token, claims }, issuer, policy)
  }
  const key = issuer.keys.find(header)
  return key instanceof Promise ? key.then(verifyWith) : verifyWith(key)
}
