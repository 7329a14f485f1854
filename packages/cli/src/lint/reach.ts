import type { Client } from '@bailiwick/core'
import type { ApiResource } from '@bailiwick/protocol'
import type { Entry, LintSubject } from './lint-subject.js'

/** Whether some grant of a client is about a user. */
export const actsForUsers = ({ allowedGrantTypes }: Client): boolean =>
  allowedGrantTypes.some((grant) => grant !== 'client_credentials' && grant !== 'refresh_token')

/** Whether a client can get an access token at all: a refresh token comes from another grant. */
const getsTokens = (client: Client): boolean =>
  actsForUsers(client) || client.allowedGrantTypes.includes('client_credentials')

/** Whether a client may have tokens for an API, if one of its scopes is granted. */
export const isOpenTo = ({ name }: ApiResource, { allowedResources }: Client): boolean =>
  allowedResources?.includes(name) ?? true

/** The names of the scopes that a client can get: of identity resources only with a user. */
export function scopesOf(
  client: Client,
  { apiScopes, identityResources }: LintSubject,
): ReadonlySet<string> {
  const available = [
    ...(getsTokens(client) ? apiScopes : []),
    ...(actsForUsers(client) ? identityResources : []),
  ]
  const allowed: ReadonlySet<string> = new Set(client.allowedScopes)
  return new Set(available.map(({ value: { name } }) => name).filter((name) => allowed.has(name)))
}

/** The API resources that a client can get tokens for. */
export function apisOf(client: Client, subject: LintSubject): readonly Entry<ApiResource>[] {
  const scopes = scopesOf(client, subject)
  return subject.apiResources.filter(
    ({ value: api }) =>
      isOpenTo(api, client) && (api.scopes ?? []).some((scope) => scopes.has(scope)),
  )
}

/** Whether an API is the audience of a token only when the client names it. */
export const isIsolated = ({ requireResourceIndicator = false }: ApiResource): boolean =>
  requireResourceIndicator

/** The names of the scopes that an API lists and that can be asked for. */
export function listedScopes(
  { scopes = [] }: ApiResource,
  { apiScopes }: LintSubject,
): readonly string[] {
  const enabled = new Set(apiScopes.map(({ value: { name } }) => name))
  return scopes.filter((scope) => enabled.has(scope))
}
