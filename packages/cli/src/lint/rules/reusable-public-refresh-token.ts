import type { LintRule } from '../lint-rule.js'

/** Finds public clients whose refresh tokens serve a thief as long as them. */
export const reusablePublicRefreshToken: LintRule = {
  id: 'reusable-public-refresh-token',
  severity: 'error',
  title: 'a public client whose refresh tokens can be used again and again',
  why: 'A public client proves nothing when it refreshes, so whoever has the token is the client, and nobody notices. RFC 9700 section 2.2.2 demands rotation, with which the second use revokes all of them.',
  check: ({ clients }) =>
    clients.flatMap(
      ({ path, value: { clientId, requireClientSecret, allowOfflineAccess, refreshTokenUsage } }) =>
        requireClientSecret === false &&
        allowOfflineAccess === true &&
        refreshTokenUsage === 'reUse'
          ? [
              {
                path: `${path}.refreshTokenUsage`,
                message: `a stolen refresh token of '${clientId}' works until it expires`,
                fix: "remove this: 'oneTimeOnly' is the default of public clients",
              },
            ]
          : [],
    ),
}
