import type { LintRule } from '../lint-rule.js'
import { actsForUsers } from '../reach.js'

const members = ['redirectUris', 'postLogoutRedirectUris'] as const

/** Finds redirect URIs of clients that send no browser here. */
export const unusedRedirectUris: LintRule = {
  id: 'unused-redirect-uris',
  severity: 'warning',
  title: 'redirect URIs of a client that never sends a user here',
  why: 'Without authorization_code nobody is ever sent back to them. They are a leftover, or the grant was forgotten.',
  check: ({ clients }) =>
    clients
      .filter(({ value }) => !actsForUsers(value))
      .flatMap(({ path, value: client }) =>
        members
          .filter((member) => (client[member] ?? []).length > 0)
          .map((member) => ({
            path: `${path}.${member}`,
            message: `client '${client.clientId}' has no grant with a user`,
            fix: `remove ${member}, or add authorization_code to allowedGrantTypes`,
          })),
      ),
}
