import type { LintRule } from '../lint-rule.js'
import { isIsolated, listedScopes } from '../reach.js'

/** Finds isolated API resources of which every scope opens another API too. */
export const isolatedScopesShared: LintRule = {
  id: 'isolated-scopes-shared',
  severity: 'warning',
  title: 'an isolated API resource whose every scope is shared with one that is not isolated',
  why: 'Isolation keeps tokens for this API away from others. But who consents to its scopes consents to those of the other API as well, and the client gets a token for that one by leaving resource out.',
  check: (subject) => {
    const [isolated, open] = [true, false].map((wanted) =>
      subject.apiResources.filter(({ value }) => isIsolated(value) === wanted),
    )
    return (isolated ?? []).flatMap(({ path, value: api }) => {
      const scopes = listedScopes(api, subject)
      const sharing = (open ?? []).filter(({ value }) =>
        value.scopes?.some((scope) => scopes.includes(scope)),
      )
      const shared = new Set(sharing.flatMap(({ value }) => value.scopes ?? []))
      if (scopes.length === 0 || !scopes.every((scope) => shared.has(scope))) return []
      const names = sharing.map(({ value: { name } }) => `'${name}'`).join(', ')
      return [
        {
          path,
          message: `'${api.name}' is isolated, but all of its scopes are also those of ${names}`,
          fix: `give '${api.name}' a scope that only it lists, or isolate ${names} as well`,
        },
      ]
    })
  },
}
