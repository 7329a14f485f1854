import type { VerifiedToken } from './check-claims.js'
import { hasJwtShape } from './has-jwt-shape.js'
import type { TokenPolicy } from './token-policy.js'
import { verifyByAsking } from './verify-by-asking.js'
import { verifyJwt } from './verify-jwt.js'

/**
 * Validates an access token. Its shape alone decides how: no way falls back to the other, or a forged JWT would get a
 * second chance with an issuer that tells less. A promise only when somebody has to be asked.
 */
export function verifyToken(
  token: string,
  policy: TokenPolicy,
): VerifiedToken | Promise<VerifiedToken> {
  const { asked } = policy
  if (asked === undefined) return verifyJwt(token, policy)
  if (asked.about === 'opaque' && hasJwtShape(token)) return verifyJwt(token, policy)
  return verifyByAsking(token, asked, policy)
}
