import { ConfigurationError } from '@bailiwick/protocol'
import type { AuthorizationServerOptions } from '../../src/index.js'
import { testServer } from './server.js'

/** The problems of a configuration, as `path: message`. */
export function problemsOf(options: Partial<AuthorizationServerOptions>): readonly string[] {
  try {
    testServer(options)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.problems.map(({ path, message }) => `${path}: ${message}`)
  }
  return []
}
