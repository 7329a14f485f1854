import { Buffer } from 'node:buffer'
import { randomUUID, X509Certificate } from 'node:crypto'
import type { Claims } from '../tokens/decode-token.js'
import type { DPoPKey } from './dpop-key.js'

/** How a token differs from a valid one beyond its claims. */
export interface TokenOptions {
  /** Changes header parameters. One that is undefined is left out. */
  readonly header?: Readonly<Record<string, unknown>>
  /** Binds the token to a key (RFC 9449 section 6) or to a certificate (RFC 8705 section 3.1) by its claim `cnf`. */
  readonly bind?: DPoPKey | X509Certificate
}

/** For whom tokens are, and what is in each of them. */
export interface TokenSource {
  readonly issuer: string
  readonly audience: string
  readonly claims: Claims
  readonly now: () => number
}

const lifetime = 300

// RFC 8705 section 3.1: the SHA-256 hash of the DER encoding. Node.js writes it in hex, with colons.
const certificateThumbprint = ({ fingerprint256 }: X509Certificate): string =>
  Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')

function confirmationOf(bound: TokenOptions['bind']): object | undefined {
  if (bound === undefined) return undefined
  return bound instanceof X509Certificate
    ? { 'x5t#S256': certificateThumbprint(bound) }
    : { jkt: bound.thumbprint }
}

/** The claims of a valid access token (RFC 9068 section 2.2), except for what is changed. */
export function accessTokenClaims(
  { issuer, audience, claims, now }: TokenSource,
  bound: TokenOptions['bind'],
  changes: Claims,
): Claims {
  const issuedAt = Math.floor(now())
  return {
    iss: issuer,
    aud: audience,
    sub: 'alice',
    client_id: 'web',
    iat: issuedAt,
    exp: issuedAt + lifetime,
    jti: randomUUID(),
    cnf: confirmationOf(bound),
    ...claims,
    ...changes,
  }
}

/** The claims of a valid ID token for the client of the access tokens, except for what is changed. */
export function idTokenClaims({ issuer, now }: TokenSource, changes: Claims): Claims {
  const issuedAt = Math.floor(now())
  return {
    iss: issuer,
    aud: 'web',
    sub: 'alice',
    iat: issuedAt,
    exp: issuedAt + lifetime,
    auth_time: issuedAt,
    nonce: randomUUID(),
    // A hash, of no token: APIs must not get as far as comparing it.
    at_hash: '77QmUPtjPfzWtF2AnpK9RQ',
    ...changes,
  }
}
