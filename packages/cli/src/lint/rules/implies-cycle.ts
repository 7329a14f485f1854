import type { LintRule } from '../lint-rule.js'

/** Everything that follows from a scope. */
function implicationsOf(
  scope: string,
  implications: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const implied = new Set(implications.get(scope))
  // A set that grows while it is walked is walked to its new end.
  for (const name of implied) {
    for (const next of implications.get(name) ?? []) implied.add(next)
  }
  return implied
}

/** Finds scopes that include each other. */
export const impliesCycle: LintRule = {
  id: 'implies-cycle',
  severity: 'warning',
  title: 'scopes that imply each other',
  why: 'An API accepts each of them in place of the others, so they are one permission under several names: who may get one of them has all.',
  check: ({ apiScopes }) => {
    const implications = new Map(
      apiScopes.map(({ value: { name, implies = [] } }) => [name, implies]),
    )
    const names = apiScopes.map(({ value: { name } }) => name)
    return apiScopes.flatMap(({ path, value: { name, implies = [] } }, position) =>
      implies.flatMap((implied, index) => {
        // Of a circle only the step is told that leads back to what was declared before.
        const leadsBack = names.indexOf(implied) <= position
        const returns = implied === name || implicationsOf(implied, implications).has(name)
        if (!leadsBack || !returns) return []
        return [
          {
            path: `${path}.implies[${index}]`,
            message:
              implied === name
                ? `'${name}' implies itself`
                : `'${name}' implies '${implied}', which implies '${name}' in its turn`,
            fix: `remove '${implied}' here, or make one scope of them`,
          },
        ]
      }),
    )
  },
}
