import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { isActive } from './ask-profile.js'
import type { VerifiedAccessToken } from './judge-access-token.js'

/** Whether an access token is about a user: one that a client got for itself names the client as its subject. */
export const isAboutUser = ({
  subject,
  clientId,
}: Pick<VerifiedAccessToken, 'subject' | 'clientId'>): boolean => subject !== clientId

/** Finds the client of an access token, if it is enabled and the user, where there is one, is active still. */
export async function findActiveClient(
  token: Pick<VerifiedAccessToken, 'subject' | 'clientId'>,
  context: Pick<ServerContext, 'clients' | 'profile'>,
): Promise<RegisteredClient | undefined> {
  const { subject, clientId } = token
  const client = await context.clients.find(clientId)
  if (client === undefined || !isAboutUser(token)) return client
  return (await isActive(subject, clientId, context)) ? client : undefined
}
