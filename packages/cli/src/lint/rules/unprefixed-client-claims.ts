import type { LintRule } from '../lint-rule.js'

/** Finds claims about clients that look like claims about users. */
export const unprefixedClientClaims: LintRule = {
  id: 'unprefixed-client-claims',
  severity: 'warning',
  title: 'claims about a client without a prefix',
  why: 'In an access token they stand beside the claims about the user, and nothing tells which is which: an API that asks whether role is admin takes the role of the client for that of the user.',
  check: ({ clients }) =>
    clients.flatMap(({ path, value: { clientId, claims = {}, clientClaimsPrefix } }) =>
      clientClaimsPrefix === '' && Object.keys(claims).length > 0
        ? [
            {
              path: `${path}.clientClaimsPrefix`,
              message: `the claims of '${clientId}' look like claims about a user`,
              fix: "remove this, and have APIs read the claims with the prefix 'client_'",
            },
          ]
        : [],
    ),
}
