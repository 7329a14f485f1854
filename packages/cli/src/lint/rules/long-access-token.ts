import type { LintRule } from '../lint-rule.js'

const longest = 86_400

/** Finds clients whose access tokens outlive what they were granted for. */
export const longAccessToken: LintRule = {
  id: 'long-access-token',
  severity: 'warning',
  title: 'a JWT access token that is good for more than 24 hours',
  why: 'APIs check a JWT themselves and do not ask whether it was revoked, so a stolen one works until it expires.',
  check: ({ clients }) =>
    clients.flatMap(({ path, value: { clientId, accessTokenType, accessTokenLifetime = 0 } }) =>
      accessTokenType !== 'reference' && accessTokenLifetime > longest
        ? [
            {
              path: `${path}.accessTokenLifetime`,
              message: `an access token of '${clientId}' is good for ${Math.round(accessTokenLifetime / 3600)} hours`,
              fix: `shorten it to ${longest} at most and let the client refresh, or set accessTokenType to 'reference'`,
            },
          ]
        : [],
    ),
}
