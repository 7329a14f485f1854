import type { LintRule } from '../lint-rule.js'
import { scopesOf } from '../reach.js'

/** Finds clients that cannot get a token. */
export const uselessClient: LintRule = {
  id: 'useless-client',
  severity: 'warning',
  title: 'a client that can get no scope',
  why: 'All of its requests fail. A client needs a scope in allowedScopes that is enabled and that one of its grants can give: refresh_token gives nothing without another grant, and client_credentials no identity resource.',
  check: (subject) =>
    subject.clients.flatMap(({ path, value: client }) =>
      scopesOf(client, subject).size > 0
        ? []
        : [
            {
              path,
              message: `client '${client.clientId}' can get no scope`,
              fix: 'add the grants and scopes that it needs to allowedGrantTypes and allowedScopes, or remove the client',
            },
          ],
    ),
}
