import type { LintRule } from '../lint-rule.js'
import { actsForUsers } from '../reach.js'

/** Finds clients that act for users and for themselves. */
export const mixedGrants: LintRule = {
  id: 'mixed-grants',
  severity: 'info',
  title: 'a client that acts for users and for itself',
  why: 'With client_credentials it gets all of its API scopes without any user, also those that users are asked about. Two clients have just the scopes and lifetimes that each needs, and a leaked secret opens only one of them.',
  check: ({ clients }) =>
    clients.flatMap(({ path, value: client }) =>
      actsForUsers(client) && client.allowedGrantTypes.includes('client_credentials')
        ? [
            {
              path: `${path}.allowedGrantTypes`,
              message: `client '${client.clientId}' may act for users and without any`,
              fix: 'declare a client of its own for client_credentials',
            },
          ]
        : [],
    ),
}
