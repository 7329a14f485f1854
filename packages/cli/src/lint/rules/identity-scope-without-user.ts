import type { LintRule } from '../lint-rule.js'
import { actsForUsers } from '../reach.js'

/** Finds identity resources that a client may ask for and that none of its grants can give. */
export const identityScopeWithoutUser: LintRule = {
  id: 'identity-scope-without-user',
  severity: 'warning',
  title: 'an identity resource at a client that never acts for a user',
  why: 'Identity resources are about the user, and the grants of this client have none: asking for one is invalid_scope.',
  check: ({ clients, identityResources }) => {
    const identities = new Set(identityResources.map(({ value: { name } }) => name))
    return clients
      .filter(({ value }) => !actsForUsers(value))
      .flatMap(({ path, value: { clientId, allowedScopes = [] } }) =>
        allowedScopes.flatMap((scope, index) =>
          identities.has(scope)
            ? [
                {
                  path: `${path}.allowedScopes[${index}]`,
                  message: `client '${clientId}' has no grant that could give it '${scope}'`,
                  fix: `remove '${scope}', or add authorization_code to allowedGrantTypes`,
                },
              ]
            : [],
        ),
      )
  },
}
