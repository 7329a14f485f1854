import type { ServerContext } from '../context.js'
import type { TokenRevokedEvent } from '../events.js'
import type { RegisteredClient } from '../stores/client-store.js'
import type { PresentedToken } from './introspect.js'
import { judgeAccessToken } from './judge-access-token.js'
import { referenceTokens } from './reference-token.js'
import { findRefreshFamily } from './refresh-token.js'
import { removeTokens } from './remove-tokens.js'
import { tokenFormOf } from './token-form.js'
import { revokeToken } from './token-mark.js'

/** What was revoked, if anything was. */
type Revoked = Promise<TokenRevokedEvent['credential'] | undefined>

async function revokeAccessToken(
  token: string,
  { clientId }: RegisteredClient,
  context: ServerContext,
): Revoked {
  const { accessToken } = await judgeAccessToken(token, context)
  if (accessToken?.clientId !== clientId) return undefined
  const { reference } = accessToken
  if (reference === undefined) await revokeToken(accessToken, context)
  else await referenceTokens(context).take(reference.id)
  return 'access_token'
}

async function revokeRefreshToken(
  token: string,
  { clientId }: RegisteredClient,
  context: ServerContext,
): Revoked {
  const entry = await findRefreshFamily(token, context)
  if (entry?.clientId !== clientId) return undefined
  await removeTokens({ family: entry.data.family }, context)
  return 'refresh_token'
}

/**
 * Revokes a token of a client (RFC 7009 section 2.1). A refresh token, also one that was replaced, takes with it all
 * that descends from the same authorization and is stored; an access token goes alone. What is unknown, over or another
 * client's stays as it is, and the client is not told the difference.
 *
 * @throws OAuthError `temporarily_unavailable` when it could not be done.
 */
export async function revokePresentedToken(
  { token, hint }: PresentedToken,
  client: RegisteredClient,
  context: ServerContext,
): Revoked {
  const asAccessToken = (): Revoked => revokeAccessToken(token, client, context)
  const asRefreshToken = (): Revoked => revokeRefreshToken(token, client, context)
  // No other token has the form of a JWT.
  if (tokenFormOf(token) !== 'handle') return asAccessToken()
  return hint === 'refresh_token'
    ? ((await asRefreshToken()) ?? asAccessToken())
    : ((await asAccessToken()) ?? asRefreshToken())
}
