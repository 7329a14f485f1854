import type { AccessTokenClaims } from '@bailiwick/protocol'
import { collection } from '../collection.js'
import type { Collection } from '../collection.js'
import type { ServerContext } from '../context.js'
import type { JsonValue } from '../stores/store.js'
import { createHandle, handleId } from './handle.js'
import type { AccessTokenIssuance } from './issuance.js'
import { keptForUserinfo } from './token-mark.js'
import type { KeptForUserinfo } from './token-mark.js'

/** An access token that is a handle, as it is stored. */
export interface ReferenceToken extends KeptForUserinfo {
  /** Those that a JWT would carry. */
  readonly claims: Readonly<Record<string, JsonValue>>
}

/** The stored reference tokens, found by the hash of the token. */
export const referenceTokens = (
  context: Pick<ServerContext, 'store' | 'now'>,
): Collection<ReferenceToken> => collection('reference_token', context)

/** Claims as a JWT would carry them: what the profile service gives may be a Date, or a row of a database. */
const asJson = (claims: AccessTokenClaims): ReferenceToken['claims'] =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what comes out of JSON.parse is JSON
  JSON.parse(JSON.stringify(claims)) as ReferenceToken['claims']

/** Stores the claims of an access token, and gives the handle of them. */
export async function issueReferenceToken(
  claims: AccessTokenClaims,
  { client, user, family, requestedClaims }: AccessTokenIssuance,
  context: Pick<ServerContext, 'store' | 'now'>,
): Promise<string> {
  const handle = createHandle()
  const { subject, sessionId } = user ?? {}
  await referenceTokens(context).insert({
    id: handleId(handle),
    ...(subject !== undefined && { subject }),
    clientId: client.clientId,
    ...(sessionId !== undefined && { sessionId }),
    ...(family !== undefined && { family }),
    expiresAt: claims.exp,
    data: { claims: asJson(claims), ...keptForUserinfo({ user, requestedClaims }) },
  })
  return handle
}
