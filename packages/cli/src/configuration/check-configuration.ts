import { checkOptions } from '@bailiwick/core'
import { ConfigurationError } from '@bailiwick/protocol'
import type { ConfigurationProblem } from '@bailiwick/protocol'
import type { Configuration } from './configuration.js'
import { checkUsers } from './check-users.js'
import { readStructure } from './read-structure.js'
import { serverOptions } from './server-options.js'
import type { ConfigurationContext } from './server-options.js'

/** The issuer was not written into the file, so its problem is that it is missing there. */
function aboutMissingIssuer(
  { path, message }: ConfigurationProblem,
  defaultIssuer: string,
): ConfigurationProblem {
  if (path !== 'issuer') return { path, message }
  return { path, message: `it is missing, and ${defaultIssuer} cannot take its place: ${message}` }
}

/** What is wrong with the server that a configuration describes, in the words of that server. */
function checkServer(
  configuration: Configuration,
  context: ConfigurationContext,
): readonly ConfigurationProblem[] {
  const problems = checkOptions(serverOptions(configuration, context))
  if (configuration.issuer !== undefined) return problems
  return problems.map((problem) => aboutMissingIssuer(problem, context.defaultIssuer))
}

/**
 * Takes what was read from a file for a configuration.
 *
 * @throws ConfigurationError with everything that is wrong. What the server would say is part of it unless members
 * have the wrong type or are missing.
 */
export function checkConfiguration(input: unknown, context: ConfigurationContext): Configuration {
  const { configuration, problems: structural } = readStructure(input)
  if (configuration === undefined) throw new ConfigurationError(structural)
  const problems = [
    ...structural,
    ...checkServer(configuration, context),
    ...checkUsers(configuration.users ?? []),
  ]
  if (problems.length > 0) throw new ConfigurationError(problems)
  return configuration
}
