import { Refusal } from '../errors/refusal.js'
import type { VerifiedToken } from '../tokens/check-claims.js'

/** What besides the token the caller has proven to hold: nothing, a key (RFC 9449), a certificate (RFC 8705), or both. */
export interface Binding {
  readonly kind: 'none' | 'dpop' | 'mtls' | 'dpop+mtls'
}

const unbound: Binding = Object.freeze({ kind: 'none' })

/**
 * Checks that whoever presents a token is whom it was issued to. A bound token that is accepted without its proof is a
 * bearer token (RFC 9449 section 7.2, RFC 8705 section 3).
 */
export function proveBinding({ claims }: VerifiedToken): Binding {
  if (claims['cnf'] !== undefined) throw new Refusal('bound_token')
  return unbound
}
