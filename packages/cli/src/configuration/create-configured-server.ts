import { createAuthorizationServer } from '@bailiwick/core'
import type { AuthorizationServer, AuthorizationServerOptions, ServerEvent } from '@bailiwick/core'
import type { Configuration } from './configuration.js'

/** What a configuration leaves to the one who runs the server. */
export interface ConfiguredServerOptions {
  /** The issuer if the configuration names none. */
  readonly defaultIssuer: string
  readonly onEvent: (event: ServerEvent) => void
}

/**
 * Creates the server that a configuration describes.
 *
 * @throws ConfigurationError with everything that is wrong with the configuration.
 */
export function createConfiguredServer(
  configuration: Configuration,
  { defaultIssuer, onEvent }: ConfiguredServerOptions,
): AuthorizationServer {
  const options: AuthorizationServerOptions = {
    ...configuration,
    issuer: configuration.issuer ?? defaultIssuer,
    resources: configuration,
    onEvent,
  }
  return createAuthorizationServer(options)
}
