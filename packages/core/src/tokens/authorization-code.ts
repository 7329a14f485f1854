import { collection } from '../collection.js'
import type { Collection, Entry } from '../collection.js'
import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import type { AuthorizationGrant } from './authorization-grant.js'
import { createHandle, handleId } from './handle.js'

/** What a code is bound to. */
interface CodeBinding {
  /** Where the code was sent. */
  readonly redirectUri: string
  /** The `S256` challenge (RFC 7636 section 4.2); absent when the client did not use PKCE. */
  readonly codeChallenge?: string
  /** For the ID token. */
  readonly nonce?: string
}

/** The access token that a code was redeemed for. */
export interface RedeemedFor {
  readonly jti: string
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

/** An authorization code (RFC 6749 section 4.1.2) as it is stored. */
export interface AuthorizationCode extends AuthorizationGrant, CodeBinding {
  /** Present once it was redeemed: it is kept so that a second use is noticed. */
  readonly redeemedFor?: RedeemedFor
}

/** The stored codes, found by the hash of the code. */
export const authorizationCodes = (
  context: Pick<ServerContext, 'store' | 'now'>,
): Collection<AuthorizationCode> => collection('authorization_code', context)

/** Makes a code that is good for one use within the client's `authorizationCodeLifetime`. */
export async function issueAuthorizationCode(
  code: AuthorizationCode,
  client: RegisteredClient,
  context: Pick<ServerContext, 'store' | 'now'>,
): Promise<string> {
  const handle = createHandle()
  const { subject, sessionId } = code.user
  await authorizationCodes(context).insert({
    id: handleId(handle),
    subject,
    clientId: client.clientId,
    ...(sessionId !== undefined && { sessionId }),
    family: code.family,
    expiresAt: context.now() + client.authorizationCodeLifetime,
    data: code,
  })
  return handle
}

/**
 * Uses a code up. Of several that try at once, one gets `true`. What is left of it lives as long as the access token,
 * so that a later use is known for a replay.
 */
export async function redeemAuthorizationCode(
  entry: Entry<AuthorizationCode>,
  redeemedFor: RedeemedFor,
  context: Pick<ServerContext, 'store' | 'now'>,
): Promise<boolean> {
  return authorizationCodes(context).replace({
    ...entry,
    expiresAt: Math.max(entry.expiresAt, redeemedFor.expiresAt),
    data: { ...entry.data, redeemedFor },
  })
}
