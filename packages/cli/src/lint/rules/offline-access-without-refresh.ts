import type { LintRule } from '../lint-rule.js'

/** Finds clients that get refresh tokens and may not use them. */
export const offlineAccessWithoutRefresh: LintRule = {
  id: 'offline-access-without-refresh',
  severity: 'warning',
  title: 'allowOfflineAccess at a client without the grant refresh_token',
  why: 'The client asks users for lasting access and cannot use what it gets: redeeming the refresh token is unauthorized_client.',
  check: ({ clients }) =>
    clients.flatMap(({ path, value: client }) =>
      client.allowOfflineAccess === true && !client.allowedGrantTypes.includes('refresh_token')
        ? [
            {
              path: `${path}.allowOfflineAccess`,
              message: `client '${client.clientId}' may have refresh tokens but not use them`,
              fix: 'add refresh_token to allowedGrantTypes, or remove allowOfflineAccess',
            },
          ]
        : [],
    ),
}
