import type { LintRule } from '../lint-rule.js'
import { actsForUsers, scopesOf } from '../reach.js'

/** Finds scopes for which users are shown nothing but a name. */
export const scopeWithoutDisplayName: LintRule = {
  id: 'scope-without-display-name',
  severity: 'info',
  title: 'a scope that users are asked about and that has no displayName',
  why: 'The consent page shows its technical name. People agree to what they do not understand, or leave.',
  check: (subject) => {
    const asking = subject.clients.filter(
      ({ value }) => value.requireConsent === true && actsForUsers(value),
    )
    const asked = new Set(asking.flatMap(({ value }) => [...scopesOf(value, subject)]))
    return [...subject.identityResources, ...subject.apiScopes].flatMap(
      ({ path, value: { name, displayName } }) =>
        displayName === undefined && asked.has(name)
          ? [
              {
                path,
                message: `users are asked about '${name}' in no other words`,
                fix: 'add a displayName that says what the client may do with it',
              },
            ]
          : [],
    )
  },
}
