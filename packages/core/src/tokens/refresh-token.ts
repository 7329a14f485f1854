import { createHmac } from 'node:crypto'
import { collection } from '../collection.js'
import type { Collection, Entry } from '../collection.js'
import type { ServerContext } from '../context.js'
import type { RefreshTokenPolicy, RegisteredClient } from '../stores/client-store.js'
import type { AuthorizationGrant } from './authorization-grant.js'
import { createHandle, handleId } from './handle.js'

/** A refresh token (RFC 6749 section 1.5) as it is stored: the whole grant, and its place in the chain of them. */
export interface RefreshToken extends AuthorizationGrant {
  /** When the first of the chain was issued, in seconds since the epoch. */
  readonly createdAt: number
  /** What its successor is derived with: {@link successorOf}. */
  readonly successorKey: string
  /** When it was replaced by its successor; absent while it is good. */
  readonly replacedAt?: number
}

type State = Pick<ServerContext, 'store' | 'now'>

/** The stored refresh tokens, found by the hash of the token. */
export const refreshTokens = (context: State): Collection<RefreshToken> =>
  collection('refresh_token', context)

/** Until when a refresh token is good that is issued or used now, in seconds since the epoch. */
function expiryOf(
  createdAt: number,
  { expiration, absoluteLifetime, slidingLifetime }: RefreshTokenPolicy,
  { now }: Pick<ServerContext, 'now'>,
): number {
  const end = createdAt + absoluteLifetime
  return expiration === 'sliding' ? Math.min(now() + slidingLifetime, end) : end
}

async function insert(
  handle: string,
  token: RefreshToken,
  { client, context }: { readonly client: RegisteredClient; readonly context: State },
): Promise<void> {
  const { subject, sessionId } = token.user
  await refreshTokens(context).insert({
    id: handleId(handle),
    subject,
    clientId: client.clientId,
    ...(sessionId !== undefined && { sessionId }),
    family: token.family,
    expiresAt: expiryOf(token.createdAt, client.refreshTokens, context),
    data: token,
  })
}

/** Makes the first refresh token of a grant. */
export async function issueRefreshToken(
  grant: AuthorizationGrant,
  client: RegisteredClient,
  context: State,
): Promise<string> {
  const handle = createHandle()
  const token = { ...grant, createdAt: context.now(), successorKey: createHandle() }
  await insert(handle, token, { client, context })
  return handle
}

/**
 * The token that replaces another. It is derived from it, so that whoever repeats a refresh gets the same one; and with
 * a key that only the store has, which alone is not enough either, since it has the hash of the token only.
 */
export function successorOf(handle: string, { successorKey }: RefreshToken): string {
  return createHmac('sha256', successorKey).update(handle).digest('base64url')
}

/**
 * Replaces a token by its successor. Of several that try at once, one gets `true`. The successor is stored first, so
 * that whatever revokes the family afterwards finds it.
 */
export async function replaceRefreshToken(
  handle: string,
  entry: Entry<RefreshToken>,
  { client, context }: { readonly client: RegisteredClient; readonly context: State },
): Promise<boolean> {
  const successor = { ...entry.data, successorKey: createHandle() }
  await insert(successorOf(handle, entry.data), successor, { client, context })
  return refreshTokens(context).replace({
    ...entry,
    data: { ...entry.data, replacedAt: context.now() },
  })
}

/** Extends a sliding token that stays in use. Losing a race against another use is fine: that one extended it. */
export async function extendRefreshToken(
  entry: Entry<RefreshToken>,
  { client, context }: { readonly client: RegisteredClient; readonly context: State },
): Promise<void> {
  const expiresAt = expiryOf(entry.data.createdAt, client.refreshTokens, context)
  if (client.refreshTokens.expiration === 'absolute' || expiresAt <= entry.expiresAt) return
  await refreshTokens(context).replace({ ...entry, expiresAt })
}

/** Finds the family that a refresh token belongs to, also by one that was replaced: who has it may end them all. */
export async function findRefreshFamily(
  token: string,
  context: State,
): Promise<Entry<RefreshToken> | undefined> {
  return refreshTokens(context).find(handleId(token))
}

/** Finds a refresh token that is the one of its family that is good now. */
export async function findRefreshToken(
  token: string,
  context: State,
): Promise<Entry<RefreshToken> | undefined> {
  const entry = await findRefreshFamily(token, context)
  return entry?.data.replacedAt === undefined ? entry : undefined
}
