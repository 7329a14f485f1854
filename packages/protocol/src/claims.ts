/** The claims of a JWT access token (RFC 9068 section 2.2). */
export interface AccessTokenClaims {
  readonly iss: string
  readonly sub?: string
  readonly aud?: string | readonly string[]
  readonly client_id: string
  readonly exp: number
  readonly nbf: number
  readonly iat: number
  readonly jti: string
  readonly scope?: string | readonly string[]
  readonly [claim: string]: unknown
}

const protocolClaims: ReadonlySet<string> = new Set(
  (
    'iss sub aud exp nbf iat jti auth_time nonce acr amr azp at_hash c_hash s_hash sid client_id scope cnf idp ' +
    '__proto__'
  ).split(' '),
)

/** Tells whether a claim is the server's alone to set: neither a profile service nor a client's `claims` may. */
export function isProtocolClaim(name: string): boolean {
  return protocolClaims.has(name)
}
