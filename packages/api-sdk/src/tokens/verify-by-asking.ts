import { Refusal } from '../errors/refusal.js'
import { isRecord } from '../is-record.js'
import { checkClaims } from './check-claims.js'
import type { VerifiedToken } from './check-claims.js'
import type { Claims } from './decode-token.js'
import type { AskedIssuer, TokenPolicy } from './token-policy.js'

/** RFC 9449 section 6.2: what its type says of a token counts also where the key it is bound to is not told. */
function fitsConfirmation({ token_type: type, cnf }: Claims): boolean {
  if (type === undefined) return true
  if (typeof type !== 'string') return false
  const name = type.toLowerCase()
  return name === 'bearer' || (name === 'dpop' && isRecord(cnf) && cnf['jkt'] !== undefined)
}

/** Validates an access token by what its issuer says about it (RFC 7662), which is checked like the claims of a JWT. */
export async function verifyByAsking(
  token: string,
  { issuer, introspection }: AskedIssuer,
  policy: TokenPolicy,
): Promise<VerifiedToken> {
  const claims = await introspection.ask(token)
  if (claims === undefined) throw new Refusal('inactive')
  const { iss } = claims
  if (iss !== undefined && iss !== issuer.issuer) throw new Refusal('unknown_issuer')
  if (!fitsConfirmation(claims)) throw new Refusal('unsupported_confirmation')
  return checkClaims({ token, claims }, issuer, policy)
}
