import type { LintRule } from '../lint-rule.js'
import { actsForUsers } from '../reach.js'

/** Finds clients that may use refresh tokens and never get one. */
export const refreshWithoutOfflineAccess: LintRule = {
  id: 'refresh-without-offline-access',
  severity: 'warning',
  title: 'the grant refresh_token at a client that never gets a refresh token',
  why: 'Refresh tokens come with the scope offline_access, which needs allowOfflineAccess and a user. Without them the grant has nothing to work with, and users sign in again whenever an access token ends.',
  check: ({ clients }) =>
    clients.flatMap(({ path, value: client }) => {
      const index = client.allowedGrantTypes.indexOf('refresh_token')
      if (index === -1 || (client.allowOfflineAccess === true && actsForUsers(client))) return []
      return [
        {
          path: `${path}.allowedGrantTypes[${index}]`,
          message: `client '${client.clientId}' never gets a refresh token`,
          fix: actsForUsers(client)
            ? 'set allowOfflineAccess to true, or remove the grant'
            : 'remove the grant: without a user there are no refresh tokens',
        },
      ]
    }),
}
