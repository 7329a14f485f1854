import { ConfigurationError } from '@bailiwick/protocol'
import type { ConfigurationProblem } from '@bailiwick/protocol'
import type { Configuration } from './configuration.js'
import { createConfiguredServer } from './create-configured-server.js'
import { readStructure } from './read-structure.js'

/** What a configuration is checked with. */
export interface CheckOptions {
  /** The issuer if the configuration names none. */
  readonly defaultIssuer: string
}

/** The issuer was not written into the file, so its problem is that it is missing there. */
function aboutMissingIssuer(
  { path, message }: ConfigurationProblem,
  defaultIssuer: string,
): ConfigurationProblem {
  if (path !== 'issuer') return { path, message }
  return { path, message: `it is missing, and ${defaultIssuer} cannot take its place: ${message}` }
}

/** What is wrong with a configuration of the right structure, in the words of the server that it describes. */
function findProblems(
  configuration: Configuration,
  { defaultIssuer }: CheckOptions,
): readonly ConfigurationProblem[] {
  try {
    // The server is thrown away. So are the keys it makes if the configuration has none: of the kind that costs least.
    createConfiguredServer(
      { ...configuration, defaultSigningAlgorithm: 'EdDSA' },
      { defaultIssuer, onEvent: () => undefined },
    )
    return []
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return configuration.issuer === undefined
      ? error.problems.map((problem) => aboutMissingIssuer(problem, defaultIssuer))
      : error.problems
  }
}

/**
 * Takes what was read from a file for a configuration.
 *
 * @throws ConfigurationError with everything that is wrong. What the server would say is part of it unless members
 * have the wrong type or are missing.
 */
export function checkConfiguration(input: unknown, options: CheckOptions): Configuration {
  const { configuration, problems: structural } = readStructure(input)
  if (configuration === undefined) throw new ConfigurationError(structural)
  const problems = [...structural, ...findProblems(configuration, options)]
  if (problems.length > 0) throw new ConfigurationError(problems)
  return configuration
}
