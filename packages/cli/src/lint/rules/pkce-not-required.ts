import type { LintRule } from '../lint-rule.js'
import { actsForUsers } from '../reach.js'

/** Finds clients that may do without PKCE. */
export const pkceNotRequired: LintRule = {
  id: 'pkce-not-required',
  severity: 'warning',
  title: 'a client that may do without PKCE',
  why: 'Somebody who gets hold of a code can put it into his own session with the client, which then redeems it with its secret. PKCE prevents that, also for clients with a secret (RFC 9700 section 2.1.1).',
  check: ({ clients }) =>
    clients.flatMap(({ path, value: client }) =>
      client.requirePkce === false && actsForUsers(client)
        ? [
            {
              path: `${path}.requirePkce`,
              message: `client '${client.clientId}' need not use PKCE`,
              fix: 'have the client send code_challenge, then remove this',
            },
          ]
        : [],
    ),
}
