import type { LintRule } from '../lint-rule.js'
import type { LintSubject } from '../lint-subject.js'
import { scopesOf } from '../reach.js'

/** The scopes that some client can get, and those that are had with them. */
function reachableScopes(subject: LintSubject): ReadonlySet<string> {
  const reachable = new Set(subject.clients.flatMap(({ value }) => [...scopesOf(value, subject)]))
  const implications = new Map(
    subject.apiScopes.map(({ value: { name, implies = [] } }) => [name, implies]),
  )
  // A set that grows while it is walked is walked to its new end, so what is implied implies in its turn.
  for (const scope of reachable) {
    for (const implied of implications.get(scope) ?? []) reachable.add(implied)
  }
  return reachable
}

/** Finds scopes that no client can get. */
export const unreachableScope: LintRule = {
  id: 'unreachable-scope',
  severity: 'warning',
  title: 'a scope that no client can get',
  why: 'No token ever has it, so what an API guards with it is closed to everybody. A scope is got by a client that lists it in allowedScopes and has a grant for it; identity resources need a grant with a user.',
  check: (subject) => {
    const reachable = reachableScopes(subject)
    return [...subject.identityResources, ...subject.apiScopes].flatMap(
      ({ path, value: { name } }) =>
        reachable.has(name)
          ? []
          : [
              {
                path,
                message: `no client can get '${name}'`,
                fix: `add '${name}' to the allowedScopes of a client that can get tokens for it, or remove it`,
              },
            ],
    )
  },
}
