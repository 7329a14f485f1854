import { isScopeToken } from '@bailiwick/protocol'
import { reject } from './requirement.js'
import type { Requirement } from './requirement.js'

/** Throws a ConfigurationError without scopes, and for one that RFC 6749 section 3.3 does not allow. */
export function checkScopes(builder: string, scopes: readonly unknown[]): void {
  if (scopes.length === 0) reject(builder, 'name at least one scope')
  for (const [index, name] of scopes.entries()) {
    if (typeof name === 'string' && isScopeToken(name)) continue
    const text = String(name)
    const advice = text.includes(' ') ? ': write several as a list' : ''
    reject(`${builder}[${index}]`, `'${text}' is no scope (RFC 6749 section 3.3)${advice}`)
  }
}

/**
 * Needs every one of the scopes. Scopes are compared as a whole: `read` is met neither by `read:all` nor by `READ`.
 *
 * @throws ConfigurationError without scopes, and for one that RFC 6749 section 3.3 does not allow.
 */
export function scope<const Scope extends string>(
  ...scopes: readonly [Scope, ...Scope[]]
): Requirement<Scope> {
  checkScopes('scope', scopes)
  return {
    scopes,
    advertised: scopes,
    findUnmet: (access) =>
      scopes.every((name) => access.scopes.has(name))
        ? undefined
        : { reason: 'insufficient_scope', scopes },
  }
}
