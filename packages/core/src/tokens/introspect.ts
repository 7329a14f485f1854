import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { isActive } from './ask-profile.js'
import { authenticationClaims } from './authentication-claims.js'
import { findActiveClient } from './find-active-client.js'
import { judgeAccessToken } from './judge-access-token.js'
import { findRefreshToken } from './refresh-token.js'
import { tokenFormOf } from './token-form.js'
import type { TokenReader } from './token-reader.js'
import { claimsForApi, claimsForClient, isForApi } from './visible-claims.js'
import type { ClaimEntries } from './visible-claims.js'

/** A token, and what its bearer takes it for. */
export interface PresentedToken {
  readonly token: string
  /** `token_type_hint`: where to look first, and no more than that (RFC 7662 section 2.1). */
  readonly hint: string | undefined
}

/** What somebody may know of a token that is good now. */
export interface Introspection {
  readonly members: ClaimEntries
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

type Result = Promise<Introspection | undefined>

async function introspectAccessToken(
  token: string,
  reader: TokenReader,
  context: ServerContext,
): Result {
  const { accessToken } = await judgeAccessToken(token, context)
  if (accessToken === undefined) return undefined
  const { clientId, expiresAt } = accessToken
  const isVisible =
    reader.kind === 'api'
      ? isForApi(accessToken, reader.api, context)
      : clientId === reader.client.clientId
  const client = isVisible ? await findActiveClient(accessToken, context) : undefined
  if (client === undefined) return undefined
  const claims =
    reader.kind === 'api'
      ? claimsForApi(accessToken, { api: reader.api, client }, context)
      : claimsForClient(accessToken)
  return { expiresAt, members: [...claims, ['token_type', 'Bearer']] }
}

async function introspectRefreshToken(
  token: string,
  { clientId, allowOfflineAccess }: RegisteredClient,
  context: ServerContext,
): Result {
  const entry = await findRefreshToken(token, context)
  if (entry?.clientId !== clientId || !allowOfflineAccess) return undefined
  const { expiresAt, data } = entry
  const { user, scopes, createdAt } = data
  if (!(await isActive(user.subject, clientId, context))) return undefined
  return {
    expiresAt,
    members: Object.entries({
      iss: context.issuer,
      sub: user.subject,
      ...authenticationClaims(user),
      client_id: clientId,
      scope: scopes.join(' '),
      iat: createdAt,
      exp: expiresAt,
    }),
  }
}

/** Refresh tokens are a matter between a client and this server: no API ever sees one. */
async function introspectForClient(
  { token, hint }: PresentedToken,
  reader: TokenReader & { readonly kind: 'client' },
  context: ServerContext,
): Result {
  const asAccessToken = (): Result => introspectAccessToken(token, reader, context)
  const asRefreshToken = (): Result => introspectRefreshToken(token, reader.client, context)
  return hint === 'refresh_token'
    ? ((await asRefreshToken()) ?? asAccessToken())
    : ((await asAccessToken()) ?? asRefreshToken())
}

/**
 * Finds out what somebody may know of a token (RFC 7662 section 2.2). `undefined` for all that is not good now, and for
 * what is none of their business.
 *
 * @throws OAuthError `temporarily_unavailable` when it cannot be found out.
 */
export async function introspect(
  presented: PresentedToken,
  reader: TokenReader,
  context: ServerContext,
): Result {
  // No other token has the form of a JWT.
  return reader.kind === 'api' || tokenFormOf(presented.token) !== 'handle'
    ? introspectAccessToken(presented.token, reader, context)
    : introspectForClient(presented, reader, context)
}
