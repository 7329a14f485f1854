import { OAuthError } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { judgeAccessToken } from './judge-access-token.js'
import type { VerifiedAccessToken } from './judge-access-token.js'

/**
 * Checks an access token that somebody presents in order to be let in, as {@link judgeAccessToken} does.
 *
 * @throws OAuthError `invalid_token` (RFC 6750 section 3.1), and `temporarily_unavailable` when nobody can tell whether
 * it is good.
 */
export async function verifyAccessToken(
  token: string,
  context: ServerContext,
): Promise<VerifiedAccessToken> {
  const verdict = await judgeAccessToken(token, context)
  if (verdict.accessToken !== undefined) return verdict.accessToken
  throw new OAuthError('invalid_token', { description: verdict.fault })
}
