import type { Configuration } from '../configuration/configuration.js'
import { isLoopback } from '../configuration/is-loopback.js'
import type { ConfigurationContext } from '../configuration/server-options.js'

/** What to warn of when users, whose passwords the configuration tells, are those of a server that others reach. */
export function passwordWarning(
  { users = [], issuer }: Configuration,
  { defaultIssuer }: ConfigurationContext,
): string | undefined {
  const url = issuer ?? defaultIssuer
  if (users.length === 0 || isLoopback(url)) return undefined
  const { origin } = new URL(url)
  return `warning: ${origin} is no loopback address, but users are for development: their passwords stand in the configuration as they are`
}
