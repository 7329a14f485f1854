import { isRequirement, reject } from './requirement.js'
import type { Requirement, Unmet } from './requirement.js'
import { scope } from './scope.js'

/** A requirement, or the name of a scope that is needed. */
export type Part<Scope extends string> = Scope | Requirement<Scope>

const severities = { insufficient_scope: 1, claim_mismatch: 2 } as const satisfies Record<
  Unmet['reason'],
  number
>

function readParts<Scope extends string>(
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

const scopesOf = <Scope extends string>(
  requirements: readonly Requirement<Scope>[],
): readonly Scope[] => [...new Set(requirements.flatMap(({ scopes }) => scopes))]

/**
 * Needs all of the requirements. A client is always told the scopes of the whole operation, so that it has to ask only
 * once; when a claim is also wrong it is not told to ask at all.
 *
 * @throws ConfigurationError without requirements.
 */
export function all<const Scope extends string>(
  ...parts: readonly [Part<Scope>, ...Part<Scope>[]]
): Requirement<Scope> {
  const requirements = readParts('all', parts)
  const advertised = [...new Set(requirements.flatMap((part) => part.advertised))]
  return {
    scopes: scopesOf(requirements),
    advertised,
    findUnmet: (access) => {
      const [worst] = requirements
        .flatMap((part) => part.findUnmet(access) ?? [])
        .toSorted((left, right) => severities[right.reason] - severities[left.reason])
      return worst?.reason === 'insufficient_scope' ? { ...worst, scopes: advertised } : worst
    },
  }
}

/**
 * Needs at least one of the requirements. A client is told the scopes of the first that more scopes can meet.
 *
 * @throws ConfigurationError without requirements.
 */
export function any<const Scope extends string>(
  ...parts: readonly [Part<Scope>, ...Part<Scope>[]]
): Requirement<Scope> {
  const requirements = readParts('any', parts)
  return {
    scopes: scopesOf(requirements),
    advertised: requirements.find((part) => part.advertised.length > 0)?.advertised ?? [],
    findUnmet: (access) => {
      let easiest: Unmet | undefined
      for (const part of requirements) {
        const unmet = part.findUnmet(access)
        if (unmet === undefined) return undefined
        if (easiest === undefined || severities[unmet.reason] < severities[easiest.reason]) {
          easiest = unmet
        }
      }
      return easiest
    },
  }
}
