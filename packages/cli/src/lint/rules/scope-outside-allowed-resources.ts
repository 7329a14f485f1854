import type { LintRule } from '../lint-rule.js'
import { isOpenTo, scopesOf } from '../reach.js'

/** Finds scopes of a client whose API resources are all closed to it. */
export const scopeOutsideAllowedResources: LintRule = {
  id: 'scope-outside-allowed-resources',
  severity: 'warning',
  title: 'a scope whose APIs are all outside the allowedResources of the client',
  why: 'The client can get the scope, but no API that lists it ever is the audience of its tokens, so every one of them refuses the token.',
  check: (subject) =>
    subject.clients.flatMap(({ path, value: client }) => {
      const scopes = scopesOf(client, subject)
      return (client.allowedScopes ?? []).flatMap((scope, index) => {
        const apis = subject.apiResources.filter(({ value }) => value.scopes?.includes(scope))
        if (!scopes.has(scope) || apis.length === 0) return []
        if (apis.some(({ value }) => isOpenTo(value, client))) return []
        const names = apis.map(({ value: { name } }) => `'${name}'`).join(', ')
        return [
          {
            path: `${path}.allowedScopes[${index}]`,
            message: `'${scope}' is listed by ${names}, which client '${client.clientId}' may not get tokens for`,
            fix: `add ${apis.length === 1 ? names : 'one of them'} to allowedResources, or remove the scope here`,
          },
        ]
      })
    }),
}
