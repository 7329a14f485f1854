import type { ApiResource } from '@bailiwick/protocol'
import type { LintRule } from '../lint-rule.js'
import type { LintSubject } from '../lint-subject.js'
import { apisOf, listedScopes } from '../reach.js'

const remedyFor = (api: ApiResource, subject: LintSubject): string =>
  listedScopes(api, subject).length === 0
    ? 'list the scopes that it understands, and allow a client one of them'
    : 'allow a client one of its scopes (and the API, if the client has allowedResources), or remove the API'

/** Finds API resources that are the audience of no client's tokens. */
export const unreachableApi: LintRule = {
  id: 'unreachable-api',
  severity: 'warning',
  title: 'an API resource that no client can reach',
  why: 'It is the audience of no token, so an API that is guarded under this name refuses every request.',
  check: (subject) => {
    const reached = new Set(
      subject.clients.flatMap(({ value }) =>
        apisOf(value, subject).map(({ value: { name } }) => name),
      ),
    )
    return subject.apiResources.flatMap(({ path, value: api }) =>
      reached.has(api.name)
        ? []
        : [
            {
              path,
              message: `no client can get a token for '${api.name}'`,
              fix: remedyFor(api, subject),
            },
          ],
    )
  },
}
