import { isRequirement, reject } from './requirement.js'
import type { Requirement } from './requirement.js'
import { scope } from './scope.js'

/** A requirement, or the name of a scope that is needed. */
export type Part<Scope extends string> = Scope | Requirement<Scope>

/** Makes requirements of parts. Throws a ConfigurationError without parts, and for what is none. */
export function readParts<Scope extends string>(
  builder: string,
  parts: readonly Part<Scope>[],
): readonly Requirement<Scope>[] {
  if (parts.length === 0) reject(builder, 'name at least one requirement')
  return parts.map((part, index) => {
    if (typeof part === 'string') return scope(part)
    if (!isRequirement(part))
      reject(`${builder}[${index}]`, 'this is neither scope nor requirement')
    return part
  })
}

/** Every scope that requirements name, once. */
export const scopesOf = <Scope extends string>(
  requirements: readonly Requirement<Scope>[],
): readonly Scope[] => [...new Set(requirements.flatMap(({ scopes }) => scopes))]
