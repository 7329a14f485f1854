import type { Configuration } from '../configuration/configuration.js'
import type { ConfigurationContext } from '../configuration/server-options.js'

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** What to warn of when users, whose passwords the configuration tells, are those of a server that others reach. */
export function passwordWarning(
  { users = [], issuer }: Configuration,
  { defaultIssuer }: ConfigurationContext,
): string | undefined {
  const { hostname, origin } = new URL(issuer ?? defaultIssuer)
  if (users.length === 0 || loopback.has(hostname)) return undefined
  return `warning: ${origin} is no loopback address, but users are for development: their passwords stand in the configuration as they are`
}
