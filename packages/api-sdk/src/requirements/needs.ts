import { isRequirement, reject } from './requirement.js'
import type { Requirement } from './requirement.js'
import { scope } from './scope.js'

/** What a guard may be given: a scope, several scopes that are all needed, or a requirement. */
export type Needs<Scope extends string = string> =
  | Scope
  | readonly [Scope, ...Scope[]]
  | Requirement<Scope>

function read<Scope extends string>(needs: Needs<Scope>): Requirement<Scope> {
  if (typeof needs === 'string') return scope(needs)
  if (isRequirement(needs)) return needs
  // From here on the types promise what a caller without a compiler may break.
  const list: unknown = needs
  if (!Array.isArray(list)) reject('requirement', 'this is neither scope nor requirement')
  return scope(...needs)
}

/** Which scopes requirements may name. */
export interface NameableScopes {
  /** Undefined: any. */
  readonly scopes: ReadonlySet<string> | undefined
  /** Never, not even when they are among those. */
  readonly reservedScopes: ReadonlySet<string>
}

/**
 * Makes a requirement of what a guard was given.
 *
 * @throws ConfigurationError when it is empty, no requirement, or names a scope that is not among those of this API, or
 * that its profile reserves.
 */
export function readNeeds<Scope extends string>(
  needs: Needs<Scope>,
  { scopes: known, reservedScopes }: NameableScopes,
): Requirement<Scope> {
  const requirement = read(needs)
  const unknown = requirement.scopes.find((name) => known?.has(name) === false)
  if (unknown !== undefined) {
    reject('requirement', `'${unknown}' is no scope of this API: add it to its scopes`)
  }
  const reserved = requirement.scopes.find((name) => reservedScopes.has(name))
  if (reserved !== undefined) {
    reject('requirement', `'${reserved}' is about the session of the client, not about this API`)
  }
  return requirement
}
