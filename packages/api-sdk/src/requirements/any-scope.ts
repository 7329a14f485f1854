import type { Requirement } from './requirement.js'
import { checkScopes } from './scope.js'

/**
 * Needs at least one of the scopes. Clients are told to ask for the first.
 *
 * @throws ConfigurationError without scopes, and for one that RFC 6749 section 3.3 does not allow.
 */
export function anyScope<const Scope extends string>(
  ...scopes: readonly [Scope, ...Scope[]]
): Requirement<Scope> {
  checkScopes('anyScope', scopes)
  const advertised = [scopes[0]]
  return {
    scopes,
    advertised,
    findUnmet: (access) =>
      scopes.some((name) => access.scopes.has(name))
        ? undefined
        : { reason: 'insufficient_scope', scopes: advertised },
  }
}
