import { readParts, scopesOf } from './part.js'
import type { Part } from './part.js'
import type { Requirement } from './requirement.js'
import { severityOf } from './unmet.js'
import type { Unmet } from './unmet.js'

type StepUp = Extract<Unmet, { readonly reason: 'insufficient_user_authentication' }>

const isStepUp = (unmet: Unmet | undefined): unmet is StepUp =>
  unmet?.reason === 'insufficient_user_authentication'

/** One authentication that meets both, as far as there is one. */
function combine(left: StepUp, right: StepUp): StepUp {
  const shared = left.acrValues?.filter((value) => right.acrValues?.includes(value) ?? true) ?? []
  const ages = [left.maxAge, right.maxAge].filter((age) => age !== undefined)
  return {
    ...left,
    acrValues: shared.length > 0 ? shared : (left.acrValues ?? right.acrValues),
    maxAge: ages.length > 0 ? Math.min(...ages) : undefined,
  }
}

/** The scopes of the whole operation: of the parts that are not met those that would meet them. */
function wanted(parts: readonly Requirement[], unmets: readonly (Unmet | undefined)[]): string[] {
  const scopes = parts.flatMap(({ advertised }, index) => {
    const unmet = unmets[index]
    return unmet !== undefined && 'scopes' in unmet ? unmet.scopes : advertised
  })
  return [...new Set(scopes)]
}

/**
 * Needs all of the requirements. A client is always told the scopes of the whole operation, so that it has to ask only
 * once, and when the user also has to authenticate it is told that (RFC 9470); when something is wrong that neither
 * cures it is not told to ask at all.
 *
 * @throws ConfigurationError without requirements.
 */
export function all<const Scope extends string>(
  ...parts: readonly [Part<Scope>, ...Part<Scope>[]]
): Requirement<Scope> {
  const requirements = readParts('all', parts)
  return {
    scopes: scopesOf(requirements),
    advertised: [...new Set(requirements.flatMap((part) => part.advertised))],
    findUnmet: (access) => {
      const unmets = requirements.map((part) => part.findUnmet(access))
      const [worst] = unmets
        .flatMap((unmet) => unmet ?? [])
        .toSorted((left, right) => severityOf(right) - severityOf(left))
      if (worst === undefined || !('scopes' in worst)) return worst
      const scopes = wanted(requirements, unmets)
      if (!isStepUp(worst)) return { ...worst, scopes }
      return { ...unmets.filter(isStepUp).reduce(combine), scopes }
    },
  }
}
