import { OAuthError } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { isRevoked } from './token-mark.js'

/** An access token of this server that is good now. */
export interface VerifiedAccessToken {
  readonly jti: string
  readonly subject: string
  readonly clientId: string
  readonly scopes: readonly string[]
}

const invalid = (description: string): OAuthError =>
  new OAuthError('invalid_token', { description })

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** `scope` in either form that this server writes. */
const scopesOf = (scope: unknown): readonly string[] =>
  Array.isArray(scope) ? scope.map(text) : text(scope).split(' ').filter(Boolean)

/**
 * Checks an access token that is presented to this server itself, whatever its audience.
 *
 * @throws OAuthError `invalid_token` (RFC 6750 section 3.1).
 */
export async function verifyAccessToken(
  token: string,
  context: ServerContext,
): Promise<VerifiedAccessToken> {
  const verified = await context.signer.verify(token)
  const { typ, claims } = verified ?? { typ: undefined, claims: {} }
  const { iss, exp, nbf, jti, sub, client_id: clientId, scope } = claims
  if (typ !== 'at+jwt' || iss !== context.issuer) {
    throw invalid('the access token is not one of this server')
  }
  const now = context.now()
  if (!(Number(exp) > now) || Number(nbf) > now) throw invalid('the access token has expired')
  if (await isRevoked(text(jti), context)) throw invalid('the access token was revoked')
  return {
    jti: text(jti),
    subject: text(sub),
    clientId: text(clientId),
    scopes: scopesOf(scope),
  }
}
