import { hash } from 'node:crypto'
import { collection } from '../collection.js'
import type { Collection } from '../collection.js'
import type { ServerContext } from '../context.js'
import type { AccessTokenIssuance, AuthenticatedUser } from './issuance.js'
import type { VerifiedAccessToken } from './judge-access-token.js'
import type { RequestedClaims } from './requested-claims.js'

type State = Pick<ServerContext, 'store' | 'now'>

/** What is known of an access token that is not written in it, for userinfo. */
export interface KeptForUserinfo {
  readonly requestedClaims?: RequestedClaims
  readonly loginClaims?: AuthenticatedUser['claims'] & object
}

/** An access token, by its name and its end. */
export interface TokenName {
  readonly jti: string
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

const marks = (context: State): Collection<KeptForUserinfo> => collection('token_mark', context)

const idOf = (mark: 'revoked' | 'userinfo', jti: string): string =>
  hash('sha256', `${mark} ${jti}`, 'base64url')

/** Revokes one access token. APIs that check its signature only do not learn of it; this server's endpoints do. */
export async function revokeToken({ jti, expiresAt }: TokenName, context: State): Promise<void> {
  await marks(context).insert({ id: idOf('revoked', jti), expiresAt, data: {} })
}

/** Tells whether an access token was revoked. */
export async function isRevoked(jti: string, context: State): Promise<boolean> {
  return (await marks(context).find(idOf('revoked', jti))) !== undefined
}

/** What userinfo has to know beyond what the access token says. */
export interface UserinfoRequest {
  readonly requested: RequestedClaims['userinfo']
  readonly loginClaims: AuthenticatedUser['claims']
}

type UserinfoIssuance = Pick<AccessTokenIssuance, 'user' | 'requestedClaims'>

/** What userinfo will have to know of an access token: nothing in most cases. */
export function keptForUserinfo({
  user,
  requestedClaims,
}: UserinfoIssuance): KeptForUserinfo | undefined {
  const loginClaims = user?.claims
  const asksUserinfo = Object.keys(requestedClaims?.userinfo ?? {}).length > 0
  if (!asksUserinfo && loginClaims === undefined) return undefined
  return {
    ...(requestedClaims !== undefined && { requestedClaims }),
    ...(loginClaims !== undefined && { loginClaims }),
  }
}

/** Keeps what userinfo will have to know of a JWT, if there is anything. */
export async function rememberUserinfoRequest(
  { jti, expiresAt }: TokenName,
  issuance: UserinfoIssuance,
  context: State,
): Promise<void> {
  const data = keptForUserinfo(issuance)
  if (data === undefined) return
  await marks(context).insert({ id: idOf('userinfo', jti), expiresAt, data })
}

/** Finds what was kept for userinfo: with a reference token, or beside a JWT. */
export async function findUserinfoRequest(
  { jti, reference }: Pick<VerifiedAccessToken, 'jti' | 'reference'>,
  context: State,
): Promise<UserinfoRequest> {
  const { data } = reference ?? (await marks(context).find(idOf('userinfo', jti))) ?? {}
  return { requested: data?.requestedClaims?.userinfo ?? {}, loginClaims: data?.loginClaims }
}
