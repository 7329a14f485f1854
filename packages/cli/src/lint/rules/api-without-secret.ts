import type { LintRule } from '../lint-rule.js'
import { apisOf } from '../reach.js'

/** Finds APIs that get reference tokens and cannot ask what they mean. */
export const apiWithoutSecret: LintRule = {
  id: 'api-without-secret',
  severity: 'warning',
  title: 'an API resource that gets reference tokens and has no secret',
  why: 'A reference token means nothing until the API asks the introspection endpoint (RFC 7662), where it authenticates with its name and a secret. Without one it has to refuse these tokens.',
  check: (subject) => {
    const referring = subject.clients
      .filter(({ value }) => value.accessTokenType === 'reference')
      .map(({ value }) => ({ clientId: value.clientId, apis: new Set(apisOf(value, subject)) }))
    return subject.apiResources.flatMap((api) => {
      const client = referring.find(({ apis }) => apis.has(api))
      if (client === undefined || (api.value.secrets ?? []).length > 0) return []
      return [
        {
          path: `${api.path}.secrets`,
          message: `'${api.value.name}' gets reference tokens from client '${client.clientId}' and cannot ask about them`,
          fix: `give it a secret, or set accessTokenType of the client to 'jwt'`,
        },
      ]
    })
  },
}
