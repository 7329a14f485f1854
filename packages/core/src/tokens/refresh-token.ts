import { createHmac, timingSafeEqual } from 'node:crypto'
import { collection } from '../collection.js'
import type { Collection, Entry } from '../collection.js'
import type { ServerContext } from '../context.js'
import type { RefreshTokenPolicy, RegisteredClient } from '../stores/client-store.js'
import type { AuthorizationGrant } from './authorization-grant.js'
import { createHandle, handleId } from './handle.js'

/** What the store knows of one refresh token of a family. */
interface Generation {
  /** The SHA-256 of its secret. */
  readonly secretId: string
  /** What the secret of its successor is derived with. */
  readonly successorKey: string
}

/**
 * A family of refresh tokens (RFC 6749 section 1.5) as it is stored: the whole grant, and which of its tokens is good.
 * It is one record, however often its token is replaced, so that it cannot fork: of two that replace a token at once,
 * one finds the version changed.
 */
export interface RefreshToken extends AuthorizationGrant, Generation {
  /** When the first of the family was issued, in seconds since the epoch. */
  readonly createdAt: number
  /** The token before, in case the answer with its successor got lost; absent until the first is replaced. */
  readonly replaced?: Generation & {
    /** Seconds since the epoch. */
    readonly at: number
  }
}

type State = Pick<ServerContext, 'store' | 'now' | 'report'>

/** A client, and what its tokens are issued with. */
interface Parties {
  readonly client: RegisteredClient
  readonly context: State
}

/** The stored families, found by what their tokens begin with. */
export const refreshTokens = (context: State): Collection<RefreshToken> =>
  collection('refresh_token', context)

const separator = '.'

/**
 * What a refresh token can consist of (RFC 6749 appendix A.17); none of ours is longer. A store need not be asked about
 * anything else, and one in which text has no NUL could not even say no.
 */
const possible = /^[ -~]{1,512}$/

/** A token is the id of its family, and a secret: neither has a dot. */
const tokenOf = (id: string, secret: string): string => `${id}${separator}${secret}`

const secretOf = (token: string): string => token.slice(token.lastIndexOf(separator) + 1)

/** Finds the family that a token belongs to, whether or not the token is the one that is good. */
export async function findRefreshFamily(
  token: string,
  context: State,
): Promise<Entry<RefreshToken> | undefined> {
  const end = token.lastIndexOf(separator)
  if (end < 1 || !possible.test(token)) return undefined
  return refreshTokens(context).find(token.slice(0, end))
}

const isOf = (token: string, { secretId }: Generation): boolean =>
  timingSafeEqual(Buffer.from(handleId(secretOf(token))), Buffer.from(secretId))

/** Whether a token is the one of its family that is good. */
export const isCurrent = (token: string, { data }: Entry<RefreshToken>): boolean =>
  isOf(token, data)

/** Finds the family of a token if the token is the one that is good. */
export async function findRefreshToken(
  token: string,
  context: State,
): Promise<Entry<RefreshToken> | undefined> {
  const entry = await findRefreshFamily(token, context)
  return entry !== undefined && isCurrent(token, entry) ? entry : undefined
}

/**
 * Whether the answer to an earlier use of a token may have got lost: its successor was not used, and not much time has
 * passed.
 */
export function mayBeRepeated(
  token: string,
  { data: { replaced } }: Entry<RefreshToken>,
  { client, context }: Parties,
): boolean {
  if (replaced === undefined || !isOf(token, replaced)) return false
  return context.now() < replaced.at + client.refreshTokens.reuseInterval
}

/**
 * The token that replaces another. It is derived from it, so that whoever repeats a refresh gets the same one; and with
 * a key that only the store has, which alone is not enough either, since it has the hash of the token only.
 */
export function successorOf(token: string, { id, data }: Entry<RefreshToken>): string {
  const { successorKey } = isOf(token, data) ? data : (data.replaced ?? data)
  const secret = createHmac('sha256', successorKey).update(secretOf(token)).digest('base64url')
  return tokenOf(id, secret)
}

const generationOf = (token: string): Generation => ({
  secretId: handleId(secretOf(token)),
  successorKey: createHandle(),
})

/** Until when a family is good that is begun or used now, in seconds since the epoch. */
function expiryOf(
  createdAt: number,
  { expiration, absoluteLifetime, slidingLifetime }: RefreshTokenPolicy,
  { now }: Pick<ServerContext, 'now'>,
): number {
  const end = createdAt + absoluteLifetime
  return expiration === 'sliding' ? Math.min(now() + slidingLifetime, end) : end
}

/**
 * Makes the first refresh token of a grant. Where a request for the same grant failed after this was done, what it left
 * is replaced: nobody has got its token, and one grant never has two families.
 */
export async function issueRefreshToken(
  grant: AuthorizationGrant,
  { client, context }: Parties,
): Promise<string> {
  const { subject, sessionId } = grant.user
  const id = handleId(grant.family)
  const token = tokenOf(id, createHandle())
  const createdAt = context.now()
  const expiresAt = expiryOf(createdAt, client.refreshTokens, context)
  const seconds = expiresAt - createdAt
  context.report?.({ type: 'lifetime_decided', token: 'refresh_token', seconds })
  const family = {
    id,
    subject,
    clientId: client.clientId,
    ...(sessionId !== undefined && { sessionId }),
    family: grant.family,
    expiresAt,
    data: { ...grant, ...generationOf(token), createdAt },
  }
  if (await refreshTokens(context).insert(family)) return token
  await refreshTokens(context).take(family.id)
  await refreshTokens(context).insert(family)
  return token
}

/** Replaces the good token of a family by its successor. Of several that try at once, one gets `true`. */
export async function replaceRefreshToken(
  token: string,
  entry: Entry<RefreshToken>,
  { client, context }: Parties,
): Promise<boolean> {
  const { secretId, successorKey, createdAt } = entry.data
  return refreshTokens(context).replace({
    ...entry,
    expiresAt: expiryOf(createdAt, client.refreshTokens, context),
    data: {
      ...entry.data,
      ...generationOf(successorOf(token, entry)),
      replaced: { secretId, successorKey, at: context.now() },
    },
  })
}

/**
 * Extends a sliding token that stays in use, and tells whether it did. Losing a race against another use is fine: that
 * one extended it.
 */
export async function extendRefreshToken(
  entry: Entry<RefreshToken>,
  { client, context }: Parties,
): Promise<boolean> {
  const expiresAt = expiryOf(entry.data.createdAt, client.refreshTokens, context)
  if (client.refreshTokens.expiration === 'absolute' || expiresAt <= entry.expiresAt) return false
  return refreshTokens(context).replace({ ...entry, expiresAt })
}
