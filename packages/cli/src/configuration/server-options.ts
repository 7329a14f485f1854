import type { AuthorizationServerOptions } from '@bailiwick/core'
import type { Configuration } from './configuration.js'

/** What a configuration leaves to the one who runs the server. */
export interface ConfigurationContext {
  /** The issuer if the configuration names none. */
  readonly defaultIssuer: string
}

/** The options of the server that a configuration describes. */
export function serverOptions(
  configuration: Configuration,
  { defaultIssuer }: ConfigurationContext,
): AuthorizationServerOptions {
  return {
    ...configuration,
    issuer: configuration.issuer ?? defaultIssuer,
    resources: configuration,
  }
}
