import type { Entry } from '../collection.js'
import type { ServerContext } from '../context.js'
import { handleId } from './handle.js'
import { referenceTokens } from './reference-token.js'
import type { ReferenceToken } from './reference-token.js'
import { tokenFormOf } from './token-form.js'
import { isRevoked } from './token-mark.js'

type Claims = Readonly<Record<string, unknown>>

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
  /** Everything that it says. */
  readonly claims: Claims
  /** As it is stored, if it is a handle. */
  readonly reference?: Entry<ReferenceToken>
}

/** An access token, or why it is none. */
export type AccessTokenVerdict =
  | { readonly accessToken: VerifiedAccessToken }
  | { readonly accessToken?: undefined; readonly fault: string }

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const seconds = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined

/** Reads `scope` in either form that this server writes. */
export function scopesOf(scope: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(scope) ? scope : (text(scope)?.split(' ') ?? [])
  return values.filter((value): value is string => typeof value === 'string' && value !== '')
}

function readAccessToken(
  claims: Claims,
  reference?: Entry<ReferenceToken>,
): VerifiedAccessToken | undefined {
  const { jti, exp, sub, client_id: clientId, scope, sid, auth_time: authTime } = claims
  if (typeof jti !== 'string' || typeof exp !== 'number' || typeof clientId !== 'string') {
    return undefined
  }
  return {
    jti,
    expiresAt: exp,
    clientId,
    subject: text(sub) ?? clientId,
    scopes: scopesOf(scope),
    sessionId: text(sid),
    authTime: seconds(authTime),
    claims,
    ...(reference !== undefined && { reference }),
  }
}

const unknown: AccessTokenVerdict = { fault: 'the access token is not one of this server' }

/** Seconds by which the clock of another node may be ahead, which has issued a token just now. */
const clockTolerance = 30

async function judgeJwt(token: string, context: ServerContext): Promise<AccessTokenVerdict> {
  const { header, claims } = (await context.signer.verify(token)) ?? {}
  // Without the type an ID token would do as well (RFC 9068 section 4).
  if (claims === undefined || header?.typ !== 'at+jwt' || claims['iss'] !== context.issuer) {
    return unknown
  }
  const accessToken = readAccessToken(claims)
  if (accessToken === undefined) {
    return { fault: 'the access token lacks a claim that every one has' }
  }
  const now = context.now()
  if (accessToken.expiresAt <= now) return { fault: 'the access token has expired' }
  if ((seconds(claims['nbf']) ?? now) > now + clockTolerance) {
    return { fault: 'the access token is not valid yet' }
  }
  if (await isRevoked(accessToken.jti, context)) return { fault: 'the access token was revoked' }
  return { accessToken }
}

/** One that has expired or was revoked is not there any more. */
async function judgeHandle(token: string, context: ServerContext): Promise<AccessTokenVerdict> {
  const reference = await referenceTokens(context).find(handleId(token))
  if (reference === undefined) return unknown
  const accessToken = readAccessToken(reference.data.claims, reference)
  return accessToken === undefined ? unknown : { accessToken }
}

/**
 * Finds out whether an access token that is presented to this server itself is one of its own and good now. The audience
 * is not looked at, for the server is in none; nor is whether the user and the client still exist.
 *
 * @throws OAuthError `temporarily_unavailable` when nobody can tell.
 */
export async function judgeAccessToken(
  token: string,
  context: ServerContext,
): Promise<AccessTokenVerdict> {
  switch (tokenFormOf(token)) {
    case 'jwt':
      return judgeJwt(token, context)
    case 'handle':
      return judgeHandle(token, context)
    case undefined:
      return unknown
  }
}
