import type { ServerContext } from '../context.js'
import type { ReplayDetectedEvent } from '../events.js'
import type { AuthorizationGrant } from './authorization-grant.js'
import { removeTokens } from './remove-tokens.js'

/** Something of which only one use is allowed, and that was used again. */
export interface Replayed {
  readonly credential: ReplayDetectedEvent['credential']
  readonly clientId: string
  readonly grant: Pick<AuthorizationGrant, 'family' | 'user'>
}

/**
 * Revokes every refresh token and reference token that descends from one authorization, because somebody has one who
 * should not (RFC 9700 section 4.14.2), and reports it.
 */
export async function revokeFamily(
  { credential, clientId, grant }: Replayed,
  context: Pick<ServerContext, 'store' | 'emit'>,
): Promise<void> {
  const { family, user } = grant
  await removeTokens({ family }, context)
  context.emit({ type: 'replay_detected', credential, clientId, subject: user.subject })
}
