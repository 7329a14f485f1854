import { Refusal } from '../errors/refusal.js'
import { hasJwtShape } from './has-jwt-shape.js'
import type { TokenPolicy } from './token-policy.js'

function issuerNameOf(token: string, { asked, issuers, decode }: TokenPolicy): string | undefined {
  if (asked !== undefined && (asked.about === 'every' || !hasJwtShape(token))) {
    return asked.issuer.issuer
  }
  try {
    const { iss } = decode(token).claims
    return typeof iss === 'string' ? issuers.get(iss)?.issuer : undefined
  } catch {
    // What is no JWT says nothing about its issuer.
    return undefined
  }
}

/**
 * Adds to a refusal which of the configured issuers the token is said to be from. The token is not believed: anybody can
 * write an issuer into one, so this is for counting only.
 */
export function nameIssuer(thrown: unknown, token: string, policy: TokenPolicy): unknown {
  if (!(thrown instanceof Refusal)) return thrown
  const { reason, details } = thrown
  return new Refusal(reason, { ...details, issuer: issuerNameOf(token, policy) })
}
