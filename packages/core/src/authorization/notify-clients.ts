import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { issueLogoutToken } from '../tokens/logout-token.js'
import type { EndedSession } from '../tokens/logout-token.js'

/** Seconds to wait before each attempt to deliver a logout token. */
const attempts = [0, 1, 5] as const
const timeoutMilliseconds = 5000

/** The client did not take the logout token, and may do so later. */
class UndeliveredError extends Error {
  override readonly name = 'UndeliveredError'
}

const isWorthRepeating = (status: number): boolean => status >= 500 || status === 429

/**
 * Posts a logout token once (OpenID Connect Back-Channel Logout 1.0 section 2.5).
 *
 * @throws UndeliveredError when another attempt may help, and any other error when it will not.
 */
async function post(
  uri: string,
  logoutToken: string,
  { fetch }: Pick<ServerContext, 'fetch'>,
): Promise<void> {
  let response: Response
  try {
    response = await fetch(uri, {
      method: 'POST',
      // A redirect would take the token elsewhere.
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: logoutToken }).toString(),
      signal: AbortSignal.timeout(timeoutMilliseconds),
    })
    await response.body?.cancel()
  } catch (cause) {
    throw new UndeliveredError('the client does not answer', { cause })
  }
  const { status, ok } = response
  if (ok) return
  const message = `the client answers with status ${status}`
  throw isWorthRepeating(status) ? new UndeliveredError(message) : new Error(message)
}

/** Tells one client, in several attempts, and reports how it went. It never throws. */
async function notify(
  { clientId, ...client }: RegisteredClient & { readonly backChannelLogoutUri: string },
  ended: EndedSession,
  context: ServerContext,
): Promise<void> {
  const { sessionId } = ended
  let failure: unknown
  let made = 0
  for (const seconds of attempts) {
    made += 1
    try {
      // oxlint-disable-next-line no-await-in-loop -- each attempt depends on how the one before ended
      await context.wait(seconds)
      // oxlint-disable-next-line no-await-in-loop
      const logoutToken = await issueLogoutToken(ended, { clientId, ...client }, context)
      // oxlint-disable-next-line no-await-in-loop
      await post(client.backChannelLogoutUri, logoutToken, context)
      context.emit({ type: 'logout_delivered', clientId, sessionId, attempts: made })
      return
    } catch (error) {
      failure = error
      if (!(error instanceof UndeliveredError)) break
    }
  }
  context.emit({ type: 'logout_failed', clientId, sessionId, attempts: made, cause: failure })
}

const hasBackChannel = (
  client: RegisteredClient,
): client is RegisteredClient & { readonly backChannelLogoutUri: string } =>
  client.backChannelLogoutUri !== undefined

/** Tells clients side by side that a session has ended, so that one that does not answer holds up no other. */
export async function notifyClients(
  clients: readonly RegisteredClient[],
  ended: EndedSession,
  context: ServerContext,
): Promise<void> {
  await Promise.all(clients.filter(hasBackChannel).map((client) => notify(client, ended, context)))
}
