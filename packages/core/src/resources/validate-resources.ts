import { OAuthError } from '@bailiwick/protocol'
import type { ApiResource, ApiScope, IdentityResource } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { quoted } from '../http/quoted.js'
import type { RegisteredClient } from '../stores/client-store.js'
import type { ScopeEntry } from '../stores/resource-index.js'
import type { ParsedScope } from '../stores/scope-parser.js'

/** What a client asks for. */
export interface ResourceRequest {
  readonly client: RegisteredClient
  /** The values of `scope`; `undefined` for everything the client may have. */
  readonly scopes: readonly string[] | undefined
  /** The values of `resource`, each an absolute URI. */
  readonly resources: readonly string[]
  /** Whether a user is present. Only then can identity scopes and `offline_access` be had. */
  readonly hasUser: boolean
}

/** What a request that holds up asks for: nothing of it is unknown, disabled or out of the client's reach. */
export interface ValidatedResources {
  /** In the order of the request, `offline_access` not among them. */
  readonly scopes: readonly ParsedScope[]
  readonly identityResources: readonly IdentityResource[]
  readonly apiScopes: readonly ApiScope[]
  /** Those that take part, in the order in which the scopes meet them. */
  readonly apiResources: readonly ApiResource[]
  readonly hasOfflineAccess: boolean
}

const offlineAccess = 'offline_access'

const invalidScope = (description: string): OAuthError =>
  new OAuthError('invalid_scope', { description })

/** A scope of the request, and what it stands for; `undefined` for what is unknown or built in. */
interface RequestedScope {
  readonly scope: ParsedScope
  readonly entry: ScopeEntry | undefined
}

const needsUser = ({ scope, entry }: RequestedScope): boolean =>
  scope.name === offlineAccess || entry?.kind === 'identity'

/** Everything the client may have without asking for it by name. */
function defaultScopes(
  { client, hasUser }: ResourceRequest,
  { resources, scopeParser }: ServerContext,
): readonly string[] {
  const scopes = [...client.allowedScopes].filter((name) => {
    const entry = resources.scopes.get(name)
    const isAvailable = entry?.kind === 'api' || (hasUser && entry !== undefined)
    return isAvailable && scopeParser(name).kind === 'scope'
  })
  if (scopes.length > 0) return scopes
  throw invalidScope('scope is missing, and the client has none that could be assumed')
}

function parseScopes(
  values: readonly string[],
  { scopeParser, resources }: ServerContext,
): readonly RequestedScope[] {
  const results = values.map(scopeParser)
  const reasons = results.flatMap((result) => (result.kind === 'invalid' ? [result.reason] : []))
  if (reasons.length > 0) throw invalidScope(reasons.join('; '))
  return results.flatMap((result) =>
    result.kind === 'scope'
      ? [{ scope: result.scope, entry: resources.scopes.get(result.scope.name) }]
      : [],
  )
}

/** The API resources that a scope leads to, for this client and this request (RFC 8707 section 2). */
function apiResourcesOf(
  { entry }: RequestedScope,
  { client, resources: named }: ResourceRequest,
  { compatibility }: ServerContext,
): readonly ApiResource[] {
  if (entry?.kind !== 'api') return []
  return entry.apiResources.filter(({ name, requireResourceIndicator: isIsolated = false }) => {
    if (client.allowedResources?.has(name) === false) return false
    if (named.includes(name)) return true
    return !isIsolated && (named.length === 0 || compatibility.keepsUnnamedResources)
  })
}

function checkNamedResources(
  { resources: named }: ResourceRequest,
  apiResources: readonly ApiResource[],
): void {
  const names = new Set(apiResources.map(({ name }) => name))
  const offenders = named.filter((indicator) => !names.has(indicator))
  if (offenders.length === 0) return
  throw new OAuthError('invalid_target', {
    description: `resource ${quoted(...offenders)}: no API of that name, open to this client, lists a requested scope`,
  })
}

function isAllowed(requested: RequestedScope, { client, hasUser }: ResourceRequest): boolean {
  if (needsUser(requested) && !hasUser) return false
  const { scope, entry } = requested
  if (scope.name === offlineAccess) return client.allowOfflineAccess
  return entry !== undefined && client.allowedScopes.has(scope.name)
}

function checkScopes(scopes: readonly RequestedScope[], request: ResourceRequest): void {
  if (scopes.length === 0) throw invalidScope('scope has no value')
  const offenders = scopes.filter((scope) => !isAllowed(scope, request))
  if (offenders.length === 0) return
  const values = quoted(...offenders.map(({ scope }) => scope.value))
  const reason = 'unknown or not allowed for this client'
  throw invalidScope(
    !request.hasUser && offenders.some(needsUser)
      ? `scope ${values}: ${reason}, or about a user, and there is none in this grant`
      : `scope ${values}: ${reason}`,
  )
}

/**
 * Checks the scopes and resource indicators of a request, all or nothing.
 *
 * @throws OAuthError `invalid_target` that names every resource indicator which leads nowhere, and otherwise
 * `invalid_scope` that names every scope which cannot be had.
 */
export function validateResources(
  request: ResourceRequest,
  context: ServerContext,
): ValidatedResources {
  const requested = parseScopes(request.scopes ?? defaultScopes(request, context), context)
  const apiResources = [
    ...new Set(requested.flatMap((scope) => apiResourcesOf(scope, request, context))),
  ]
  checkNamedResources(request, apiResources)
  checkScopes(requested, request)

  const entries = [...new Set(requested.flatMap(({ entry }) => entry ?? []))]
  const scopes = requested.map(({ scope }) => scope)
  return {
    scopes: scopes.filter(({ name }) => name !== offlineAccess),
    identityResources: entries.flatMap((entry) =>
      entry.kind === 'identity' ? [entry.identityResource] : [],
    ),
    apiScopes: entries.flatMap((entry) => (entry.kind === 'api' ? [entry.apiScope] : [])),
    apiResources,
    hasOfflineAccess: scopes.some(({ name }) => name === offlineAccess),
  }
}
