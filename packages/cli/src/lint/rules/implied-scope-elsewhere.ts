import type { LintRule } from '../lint-rule.js'

/** Finds scopes that include one of another API. */
export const impliedScopeElsewhere: LintRule = {
  id: 'implied-scope-elsewhere',
  severity: 'warning',
  title: 'a scope that implies one which no API lists together with it',
  why: 'What is implied counts at an API that receives the scope. No API lists both, so a token with the one is not for the API that guards with the other.',
  check: ({ apiScopes, apiResources }) =>
    apiScopes.flatMap(({ path, value: { name, implies = [] } }) =>
      implies.flatMap((implied, index) => {
        const isTogether = apiResources.some(
          ({ value: { scopes = [] } }) => scopes.includes(name) && scopes.includes(implied),
        )
        if (isTogether) return []
        return [
          {
            path: `${path}.implies[${index}]`,
            message: `no API resource lists both '${name}' and '${implied}'`,
            fix: `add '${name}' to the scopes of an API resource that lists '${implied}', or remove '${implied}' here`,
          },
        ]
      }),
    ),
}
