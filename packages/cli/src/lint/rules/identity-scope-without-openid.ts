import type { LintRule } from '../lint-rule.js'
import { actsForUsers, scopesOf } from '../reach.js'

/** Finds clients that may ask for claims and can never read them. */
export const identityScopeWithoutOpenid: LintRule = {
  id: 'identity-scope-without-openid',
  severity: 'warning',
  title: 'identity resources at a client that may not have openid',
  why: 'Their claims go into the ID token and the userinfo answer, and both need openid (OpenID Connect Core section 3.1.2.1). Without it they are granted and arrive nowhere.',
  check: (subject) =>
    subject.clients.flatMap(({ path, value: client }) => {
      const scopes = scopesOf(client, subject)
      const lost = subject.identityResources
        .map(({ value: { name } }) => name)
        .filter((name) => scopes.has(name))
      if (!actsForUsers(client) || lost.length === 0 || scopes.has('openid')) return []
      return [
        {
          path: `${path}.allowedScopes`,
          message: `client '${client.clientId}' may have ${lost.map((name) => `'${name}'`).join(', ')} but not 'openid'`,
          fix: `declare 'openid' as an identity resource and add it to allowedScopes, or remove the others`,
        },
      ]
    }),
}
