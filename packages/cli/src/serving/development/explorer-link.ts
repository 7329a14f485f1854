import type { ExplainRequest } from '@bailiwick/core'

/** Where the page is that explains requests, below the issuer. */
const explorerPath = '/explorer'

/** The page that explains a request. Its parameters have the names of the protocol. */
export function explorerLink(
  { clientId, grantType, scope, resources = [], claims, user, ...later }: ExplainRequest,
  issuer: string,
): string {
  const { tokenResource, refresh } = later
  const pairs = [
    ['client_id', clientId],
    ['grant_type', grantType],
    ['scope', scope],
    ...resources.map((resource) => ['resource', resource] as const),
    ['sub', user?.subject],
    ['claims', claims],
    ...[tokenResource ?? []].flat().map((resource) => ['token_resource', resource] as const),
    ['refresh', refresh && 'yes'],
    ['refresh_scope', refresh?.scope],
    ['refresh_resource', refresh?.resource],
  ] as const
  const query = new URLSearchParams()
  for (const [name, value] of pairs) if (value !== undefined) query.append(name, value)
  return `${issuer.replace(/\/$/, '')}${explorerPath}?${query.toString()}`
}
