import { OAuthError } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { isActive } from '../tokens/ask-profile.js'
import type { TokenRequest } from './grant.js'

/** Refuses tokens about somebody who may not be signed in any more. */
export async function requireActiveUser(
  subject: string,
  { client }: Pick<TokenRequest, 'client'>,
  context: ServerContext,
): Promise<void> {
  if (await isActive(subject, client.clientId, context)) return
  throw new OAuthError('invalid_grant', { description: 'the user is not active any more' })
}
