import { OAuthError, parseScope } from '@bailiwick/protocol'
import type { Parameters } from '../http/parameters.js'

/** The most characters of a `scope` parameter. */
const longest = 1000

/**
 * Reads the `scope` parameter into its distinct values, in order. `undefined` when it is absent.
 *
 * @throws OAuthError `invalid_scope` when it is too long or holds characters that no scope has.
 */
export function readScope(parameters: Parameters): readonly string[] | undefined {
  const scope = parameters.get('scope')
  if (scope === undefined) return undefined
  if (scope.length > longest) {
    throw new OAuthError('invalid_scope', {
      description: `scope is longer than ${longest} characters`,
    })
  }
  return parseScope(scope)
}
