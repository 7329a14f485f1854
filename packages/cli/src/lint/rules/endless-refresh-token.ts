import type { LintRule } from '../lint-rule.js'

/** Finds clients whose refresh tokens never end. */
export const endlessRefreshToken: LintRule = {
  id: 'endless-refresh-token',
  severity: 'warning',
  title: 'refresh tokens without an end',
  why: 'Whoever uses one often enough has access for ever, also a thief, also after the user has forgotten the application. With an end the user signs in again some day (RFC 9700 section 4.14.2).',
  check: ({ clients }) =>
    clients.flatMap(
      ({ path, value: { clientId, allowOfflineAccess, absoluteRefreshTokenLifetime } }) =>
        allowOfflineAccess === true && absoluteRefreshTokenLifetime === 0
          ? [
              {
                path: `${path}.absoluteRefreshTokenLifetime`,
                message: `refresh tokens of '${clientId}' last for as long as they are used`,
                fix: 'set a number of seconds, such as 7776000 for 90 days',
              },
            ]
          : [],
    ),
}
