import { readParts, scopesOf } from './part.js'
import type { Part } from './part.js'
import type { Requirement } from './requirement.js'
import { severityOf } from './unmet.js'
import type { Unmet } from './unmet.js'

/**
 * Needs at least one of the requirements, asked in their order. A client is told of the one that is easiest to meet:
 * the first that more scopes meet, else the first that an authentication of the user meets, else the first.
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
        if (easiest === undefined || severityOf(unmet) < severityOf(easiest)) easiest = unmet
      }
      return easiest
    },
  }
}
