import { isOAuthError } from '@bailiwick/protocol'
import { CommandFailure } from '../command-failure.js'

/** What lies behind an error that was made for clients. */
const reasonOf = (error: unknown): unknown => (isOAuthError(error) ? error.cause : error)

/** Says why the signing keys cannot be used. */
export function keysFailure(error: unknown): unknown {
  const reason = reasonOf(error)
  return reason instanceof Error ? new CommandFailure(reason.message, { cause: error }) : error
}

/**
 * Waits until a server can sign.
 *
 * @throws CommandFailure when its keys cannot be read or opened.
 */
export async function keysReady(ready: () => Promise<void>): Promise<void> {
  try {
    await ready()
  } catch (error) {
    throw keysFailure(error)
  }
}
