import type { LintRule } from '../lint-rule.js'

/** Finds users who are called like a client. */
export const subjectIsClient: LintRule = {
  id: 'subject-is-client',
  severity: 'error',
  title: 'a user whose subject is the id of a client',
  why: 'A token that a client gets for itself has its id in sub. An API that looks at sub takes the client for this user (RFC 9700 section 4.15).',
  check: ({ users, clients }) => {
    const clientIds = new Set(clients.map(({ value: { clientId } }) => clientId))
    return users.flatMap(({ path, value: { subject } }) =>
      clientIds.has(subject)
        ? [
            {
              path: `${path}.subject`,
              message: `'${subject}' is also the id of a client`,
              fix: 'change one of them',
            },
          ]
        : [],
    )
  },
}
