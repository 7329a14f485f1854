import type { KeyObject } from 'node:crypto'
import { Refusal } from '../errors/refusal.js'
import { checkClaims } from './check-claims.js'
import type { VerifiedToken } from './check-claims.js'
import { checkSignature } from './check-signature.js'
import { checkType } from './decode-token.js'
import type { Claims } from './decode-token.js'
import { tokenDigest } from './token-digest.js'
import type { TokenPolicy, TrustedIssuer } from './token-policy.js'
import type { GenuineJwt } from './verified-cache.js'

/** Uses the unverified `iss` to pick one of the configured issuers, and for nothing else. */
function findIssuer({ iss }: Claims, issuers: TokenPolicy['issuers']): TrustedIssuer {
  if (typeof iss !== 'string') throw new Refusal('unknown_issuer')
  const issuer = issuers.get(iss)
  if (issuer !== undefined) return issuer
  const other = iss.endsWith('/') ? iss.slice(0, -1) : `${iss}/`
  throw new Refusal(issuers.has(other) ? 'issuer_trailing_slash' : 'unknown_issuer')
}

/**
 * Checks everything about a JWT. The order matters: what is cheap and local comes first, so that garbage never reaches
 * the network, and claims are only believed once the signature is.
 */
function verifyAnew(
  token: string,
  policy: TokenPolicy,
  keep: (jwt: GenuineJwt) => void,
): VerifiedToken | Promise<VerifiedToken> {
  const decoded = policy.decode(token)
  const { header, claims } = decoded
  const issuer = findIssuer(claims, policy.issuers)
  checkType(header.typ, issuer.types)
  if (!issuer.algorithms.has(header.alg)) throw new Refusal('algorithm_not_allowed')
  const verifyWith = (key: KeyObject): VerifiedToken => {
    checkSignature(decoded, key)
    const verified = checkClaims({ token, claims }, issuer, policy)
    keep({ issuer, header, claims, key })
    return verified
  }
  const key = issuer.keys.find(header)
  return key instanceof Promise ? key.then(verifyWith) : verifyWith(key)
}

const forget = (): void => undefined

/**
 * Validates a JWT access token (RFC 9068 section 4). A promise only when its key is not at hand. Of a token that a cache
 * knows only the signature is not checked again.
 */
export function verifyJwt(
  token: string,
  policy: TokenPolicy,
): VerifiedToken | Promise<VerifiedToken> {
  const { verifiedCache } = policy
  if (verifiedCache === undefined) return verifyAnew(token, policy, forget)
  const digest = tokenDigest(token)
  const known = verifiedCache.find(digest)
  if (known !== undefined) return checkClaims({ token, claims: known.claims }, known.issuer, policy)
  return verifyAnew(token, policy, (jwt) => {
    verifiedCache.keep(digest, jwt)
  })
}
