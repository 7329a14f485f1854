import { removeEverywhere } from '../collection.js'
import type { ServerContext } from '../context.js'

/** Revokes every refresh token that descends from one authorization (RFC 9700 section 4.14.2). */
export async function revokeFamily(
  family: string,
  context: Pick<ServerContext, 'store' | 'now'>,
): Promise<void> {
  await removeEverywhere({ kind: 'refresh_token', family }, context)
}
