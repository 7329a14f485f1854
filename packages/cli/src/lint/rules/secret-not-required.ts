import type { LintRule } from '../lint-rule.js'

/** Finds clients with a secret that nobody needs. */
export const secretNotRequired: LintRule = {
  id: 'secret-not-required',
  severity: 'warning',
  title: 'a public client with a secret',
  why: 'Whoever leaves the secret out is accepted as this client just as well, so it protects nothing.',
  check: ({ clients }) =>
    clients.flatMap(({ path, value: { clientId, requireClientSecret, clientSecrets = [] } }) =>
      requireClientSecret === false && clientSecrets.length > 0
        ? [
            {
              path: `${path}.clientSecrets`,
              message: `client '${clientId}' is accepted without any of its secrets`,
              fix: 'remove requireClientSecret so that one is needed, or remove the secrets',
            },
          ]
        : [],
    ),
}
