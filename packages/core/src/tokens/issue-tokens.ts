import type { ServerContext } from '../context.js'
import type { ResolvedResources } from '../resources/resolve-token-resources.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { issueAccessToken } from './access-token.js'
import type { IssuedAccessToken } from './access-token.js'
import { createHandle } from './handle.js'
import { issueIdToken } from './id-token.js'
import type { AuthenticatedUser } from './issuance.js'
import { issueRefreshToken } from './refresh-token.js'
import type { RequestedClaims } from './requested-claims.js'

/** For whom tokens are issued, and within which authorization. */
export interface TokenIssuance {
  readonly client: RegisteredClient
  /** Absent when the client acts on its own behalf: then there is an access token only. */
  readonly user?: AuthenticatedUser | undefined
  readonly resources: ResolvedResources
  /** The resources that a new refresh token can be used for; absent for any that its scopes lead to. */
  readonly authorizedResources?: readonly string[] | undefined
  readonly requestedClaims?: RequestedClaims | undefined
  readonly nonce?: string | undefined
  /** What the new tokens are revoked together with. Absent: nothing descends from this authorization yet. */
  readonly family?: string | undefined
  /** The refresh token to send. Absent: a new one, if `offline_access` is granted. */
  readonly refreshToken?: string | undefined
}

/** What a token request is answered with (RFC 6749 section 5.1, OpenID Connect Core 1.0 section 3.1.3.3). */
export interface IssuedTokens extends IssuedAccessToken {
  readonly idToken: string | undefined
  readonly refreshToken: string | undefined
}

async function idTokenOf(
  { client, user, resources, requestedClaims, nonce }: TokenIssuance,
  accessToken: string,
  context: ServerContext,
): Promise<string | undefined> {
  const { identityResources } = resources.granted
  const hasOpenid = identityResources.some(({ name }) => name === 'openid')
  if (user === undefined || !hasOpenid) {
    const reason = user === undefined ? 'no_user' : 'no_openid'
    context.report?.({ type: 'token_left_out', token: 'id_token', reason })
    return undefined
  }
  return issueIdToken(
    { client, user, identityResources, nonce, requestedClaims, accessToken },
    context,
  )
}

async function refreshTokenOf(
  issuance: TokenIssuance,
  context: ServerContext,
): Promise<string | undefined> {
  const { client, user, authorizedResources: resources, requestedClaims, family } = issuance
  const { granted } = issuance.resources
  if (issuance.refreshToken !== undefined) return issuance.refreshToken
  if (user === undefined || family === undefined || !granted.hasOfflineAccess) {
    const reason = user === undefined ? 'no_user' : 'no_offline_access'
    context.report?.({ type: 'token_left_out', token: 'refresh_token', reason })
    return undefined
  }
  const grant = {
    user,
    scopes: [...granted.scopes.map(({ value }) => value), 'offline_access'],
    ...(resources !== undefined && { resources }),
    ...(requestedClaims !== undefined && { requestedClaims }),
    family,
  }
  return issueRefreshToken(grant, { client, context })
}

/** What descends from one authorization of a user belongs together; a client's own token is alone. */
const familyOf = ({ user, family }: TokenIssuance): string | undefined =>
  family ?? (user === undefined ? undefined : createHandle())

/** Makes the tokens of one answer. Nothing is used up by it. */
export async function issueTokens(
  issuance: TokenIssuance,
  context: ServerContext,
): Promise<IssuedTokens> {
  const { client, user, resources, requestedClaims } = issuance
  const family = familyOf(issuance)
  const issued = await issueAccessToken(
    { client, user, resources: resources.token, requestedClaims, family },
    context,
  )
  const idToken = await idTokenOf(issuance, issued.accessToken, context)
  const refreshToken = await refreshTokenOf({ ...issuance, family }, context)
  return { ...issued, idToken, refreshToken }
}
