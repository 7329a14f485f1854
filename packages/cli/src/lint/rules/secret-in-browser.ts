import type { LintRule } from '../lint-rule.js'

/** Finds clients whose secret is told to every browser. */
export const secretInBrowser: LintRule = {
  id: 'secret-in-browser',
  severity: 'warning',
  title: 'a client with a secret whose tokens scripts in browsers may ask for',
  why: 'A script that authenticates has the secret, and so has everybody who looks at the script. It proves nothing, and yet refresh tokens do not rotate, as they would for a client without one.',
  check: ({ clients }) =>
    clients.flatMap(({ path, value: { clientId, requireClientSecret, allowedCorsOrigins = [] } }) =>
      requireClientSecret !== false && allowedCorsOrigins.length > 0
        ? [
            {
              path: `${path}.allowedCorsOrigins`,
              message: `client '${clientId}' has a secret, and scripts may call for it`,
              fix: 'remove the origins if a server of yours redeems the codes, or set requireClientSecret to false and remove the secrets',
            },
          ]
        : [],
    ),
}
