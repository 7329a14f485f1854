import { isProtocolClaim } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import type { RegisteredApi } from '../stores/resource-index.js'
import type { ParsedScope } from '../stores/scope-parser.js'
import { isAboutUser } from './find-active-client.js'
import type { VerifiedAccessToken } from './judge-access-token.js'

/**
 * Claims by name. They become an object once, when all are there: to spread objects again and again took as long as all
 * else that introspection does.
 */
export type ClaimEntries = readonly (readonly [name: string, value: unknown])[]

type Configuration = Pick<ServerContext, 'resources' | 'scopeParser'>

/** The scopes of a token that an API lists: by name, so that parameterized ones are found too. */
function ownScopes(
  { scopes }: VerifiedAccessToken,
  api: RegisteredApi,
  { scopeParser }: Configuration,
): readonly ParsedScope[] {
  return scopes.flatMap((value) => {
    const result = scopeParser(value)
    return result.kind === 'scope' && api.scopes.has(result.scope.name) ? [result.scope] : []
  })
}

/**
 * Tells whether a token is for an API: whether its audience names it, or, when it has none, whether it carries one of
 * its scopes.
 */
export function isForApi(
  token: VerifiedAccessToken,
  api: RegisteredApi,
  configuration: Configuration,
): boolean {
  const { aud } = token.claims
  if (aud === undefined) return ownScopes(token, api, configuration).length > 0
  const { name } = api.apiResource
  return Array.isArray(aud) ? aud.includes(name) : aud === name
}

/** The claims about the user that an API and its scopes among those of the token list. */
function ownUserClaims(
  { apiResource: { userClaims = [] } }: RegisteredApi,
  scopes: readonly ParsedScope[],
  { resources }: Configuration,
): ReadonlySet<string> {
  const ofScopes = scopes.flatMap(({ name }) => {
    const entry = resources.scopes.get(name)
    return entry?.kind === 'api' ? (entry.apiScope.userClaims ?? []) : []
  })
  return new Set([...userClaims, ...ofScopes])
}

const clientClaims = (
  token: VerifiedAccessToken,
  client: RegisteredClient,
): RegisteredClient['claims'] =>
  client.alwaysSendClientClaims || !isAboutUser(token) ? client.claims : {}

/** `scope` as RFC 7662 section 2.2 has it, whatever it is in the token. */
const scopeEntry = (values: readonly string[]): ClaimEntries =>
  values.length > 0 ? [['scope', values.join(' ')]] : []

/** What a client is shown of its own token: everything. */
export const claimsForClient = ({ claims, scopes }: VerifiedAccessToken): ClaimEntries => [
  ...Object.entries(claims).filter(([name]) => name !== 'scope'),
  ...scopeEntry(scopes),
]

/**
 * What an API is shown of a token that is for it: its own scopes, its own claims about the user, and what the protocol
 * and the client of the token have put in. Those of other APIs in its audience it does not get to see.
 */
export function claimsForApi(
  token: VerifiedAccessToken,
  { api, client }: { readonly api: RegisteredApi; readonly client: RegisteredClient },
  configuration: Configuration,
): ClaimEntries {
  const scopes = ownScopes(token, api, configuration)
  const own = ownUserClaims(api, scopes, configuration)
  const ofClient = clientClaims(token, client)
  const isVisible = (name: string): boolean =>
    isProtocolClaim(name) || own.has(name) || Object.hasOwn(ofClient, name)
  return [
    ...Object.entries(token.claims).filter(([name]) => name !== 'scope' && isVisible(name)),
    ...scopeEntry(scopes.map(({ value }) => value)),
  ]
}
