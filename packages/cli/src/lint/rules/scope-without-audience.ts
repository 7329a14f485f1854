import type { LintRule } from '../lint-rule.js'

/** Finds API scopes that no API resource lists. */
export const scopeWithoutAudience: LintRule = {
  id: 'scope-without-audience',
  severity: 'warning',
  title: 'an API scope that is in no API resource',
  why: 'The audience of a token follows from its scopes. A token with nothing but this one has no aud, and an API that checks its audience (RFC 9068 section 4) refuses it.',
  check: ({ apiScopes, apiResources, configuration }) => {
    if (configuration.emitStaticAudienceClaim === true) return []
    const listed = new Set(apiResources.flatMap(({ value: { scopes = [] } }) => scopes))
    return apiScopes.flatMap(({ path, value: { name } }) =>
      listed.has(name)
        ? []
        : [
            {
              path,
              message: `no API resource lists '${name}'`,
              fix: `add '${name}' to the scopes of the API resource that understands it, or remove it`,
            },
          ],
    )
  },
}
