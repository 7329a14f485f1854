import { CommandFailure } from '../../command-failure.js'
import { isLoopback } from '../../configuration/is-loopback.js'

/**
 * Makes sure that what is for development stays on the machine of the developer.
 *
 * @throws CommandFailure when others reach the server.
 */
export function checkDevelopment(issuer: string): void {
  if (isLoopback(issuer)) return
  throw new CommandFailure(
    `--dev is for development, and ${new URL(issuer).origin} is no loopback address: leave --dev out, or use http://127.0.0.1`,
  )
}
