import { ConfigurationError } from '@bailiwick/protocol'
import type { HttpHandler } from '@bailiwick/protocol'
import { createExplorer } from '@bailiwick/ui'
import type { ExplorerAccess, ExplorerServer } from '@bailiwick/ui'
import { CommandFailure } from '../command-failure.js'
import type { Configuration } from '../configuration/configuration.js'

/** What is explored, and who may do so. */
export interface ExplorerParts {
  readonly server: ExplorerServer
  readonly configuration: Configuration
  readonly access: ExplorerAccess
}

/**
 * Makes the resource explorer of a configuration.
 *
 * @throws CommandFailure when nobody may be let in like this.
 */
export function mountExplorer({ server, configuration, access }: ExplorerParts): HttpHandler {
  const { clients, users = [] } = configuration
  const subjects = users.map(({ subject }) => subject)
  try {
    return createExplorer({ server, resources: configuration, clients, access, subjects })
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    const problems = error.problems.map(({ path, message }) => `${path}: ${message}`)
    throw new CommandFailure(`--explorer cannot be used: ${problems.join(', ')}`, { cause: error })
  }
}
