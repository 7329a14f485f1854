import type { ServerContext } from '../context.js'
import { issueLogoutToken } from '../tokens/logout-token.js'
import type { LogoutNotice } from '../tokens/logout-token.js'

/** Seconds to wait before each further attempt. */
const delays = [1, 5] as const

/** Seconds that one attempt may take. */
const timeout = 5

/** Why an attempt failed. */
interface Failure {
  readonly cause: unknown
  /** Whether the next attempt may succeed. */
  readonly mayPass: boolean
}

/** How often it was tried, and why the last attempt failed if it did. */
interface Delivery {
  readonly attempts: number
  readonly failure: Failure | undefined
}

/** A notice to a client that wants to have it. */
interface Addressed {
  readonly uri: string
  readonly notice: LogoutNotice
}

function failureOf({ ok, status }: Response): Failure | undefined {
  if (ok) return undefined
  const cause = new Error(`the client answered with status ${status}`)
  return { cause, mayPass: status >= 500 || status === 429 }
}

/** Tries once (OpenID Connect Back-Channel Logout 1.0 section 2.5). */
async function attempt(
  { uri, notice }: Addressed,
  context: ServerContext,
): Promise<Failure | undefined> {
  try {
    // A new one each time: clients may refuse the `jti` of one whose answer got lost (section 2.6).
    const logoutToken = await issueLogoutToken(notice, context)
    const response = await context.fetch(uri, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: logoutToken }).toString(),
      // Not 'error', which looks like a network failure: one that leads elsewhere does so each time.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout * 1000),
    })
    await response.body?.cancel()
    return failureOf(response)
  } catch (cause) {
    return { cause, mayPass: true }
  }
}

async function deliver(
  addressed: Addressed,
  context: ServerContext,
  attempts = 1,
): Promise<Delivery> {
  const failure = await attempt(addressed, context)
  const delay = delays[attempts - 1]
  if (failure === undefined || !failure.mayPass || delay === undefined) return { attempts, failure }
  try {
    await context.wait(delay)
  } catch {
    // Nobody waits any longer. What is to be reported is why it would have been necessary.
    return { attempts, failure }
  }
  return deliver(addressed, context, attempts + 1)
}

async function report(addressed: Addressed, context: ServerContext): Promise<void> {
  const { client, sessionId } = addressed.notice
  const { attempts, failure } = await deliver(addressed, context)
  const told = { clientId: client.clientId, sessionId, attempts }
  context.emit(
    failure === undefined
      ? { type: 'logout_delivered', ...told }
      : { type: 'logout_failed', ...told, cause: failure.cause },
  )
}

/**
 * Tells clients from server to server that a session has ended, those that registered a place for it. Nobody waits for
 * them, nor they for each other: how it went is told by events.
 */
export function tellClients(notices: readonly LogoutNotice[], context: ServerContext): void {
  for (const notice of notices) {
    const uri = notice.client.backChannelLogoutUri
    if (uri !== undefined) void report({ uri, notice }, context)
  }
}
