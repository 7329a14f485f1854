import { OAuthError } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { isRevoked } from './token-mark.js'

/** An access token of this server that is good now. */
export interface VerifiedAccessToken {
  readonly jti: string
  /** Seconds since the epoch. */
  readonly expiresAt: number
  readonly clientId: string
  /** The user, or the client when the token is about none. */
  readonly subject: string
  readonly scopes: readonly string[]
  readonly sessionId: string | undefined
  /** When the user signed in, in seconds since the epoch. */
  readonly authTime: number | undefined
}

type Claims = Readonly<Record<string, unknown>>

const invalid = (description: string): OAuthError =>
  new OAuthError('invalid_token', { description })

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const seconds = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined

/** `scope` in either form that this server writes. */
function scopesOf(scope: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(scope) ? scope : (text(scope)?.split(' ') ?? [])
  return values.filter((value): value is string => typeof value === 'string' && value !== '')
}

async function readClaims(
  token: string,
  { signer, issuer }: Pick<ServerContext, 'signer' | 'issuer'>,
): Promise<Claims> {
  const { header, claims } = (await signer.verify(token)) ?? {}
  // Without the type an ID token would do as well (RFC 9068 section 4).
  if (claims === undefined || header?.typ !== 'at+jwt' || claims['iss'] !== issuer) {
    throw invalid('the access token is not one of this server')
  }
  return claims
}

function readAccessToken(claims: Claims): VerifiedAccessToken {
  const { jti, exp, sub, client_id: clientId, scope, sid, auth_time: authTime } = claims
  if (typeof jti !== 'string' || typeof exp !== 'number' || typeof clientId !== 'string') {
    throw invalid('the access token lacks a claim that every one has')
  }
  return {
    jti,
    expiresAt: exp,
    clientId,
    subject: text(sub) ?? clientId,
    scopes: scopesOf(scope),
    sessionId: text(sid),
    authTime: seconds(authTime),
  }
}

/**
 * Checks an access token that is presented to this server itself: signature, type, issuer, times, and that it was not
 * revoked. The audience is not looked at, for the server is in none; nor is whether the user and the client still exist.
 *
 * @throws OAuthError `invalid_token` (RFC 6750 section 3.1), and `temporarily_unavailable` when nobody can tell whether
 * it was revoked.
 */
export async function verifyAccessToken(
  token: string,
  context: ServerContext,
): Promise<VerifiedAccessToken> {
  const claims = await readClaims(token, context)
  const verified = readAccessToken(claims)
  const now = context.now()
  if (verified.expiresAt <= now) throw invalid('the access token has expired')
  if ((seconds(claims['nbf']) ?? now) > now) throw invalid('the access token is not valid yet')
  if (await isRevoked(verified.jti, context)) throw invalid('the access token was revoked')
  return verified
}
