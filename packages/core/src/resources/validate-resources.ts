import { OAuthError } from '@bailiwick/protocol'
import type { ApiResource, ApiScope, IdentityResource } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { ApiLeftOut, ScopeRefused } from '../decision.js'
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
  /**
   * The resources that other tokens of the same authorization may be for; empty for any. They decide nothing, and only
   * tell why others are left out.
   */
  readonly authorizedResources?: readonly string[] | undefined
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
  { resources, scopeParser, report }: ServerContext,
): readonly string[] {
  const scopes = [...client.allowedScopes].filter((name) => {
    const entry = resources.scopes.get(name)
    const isAvailable = entry?.kind === 'api' || (hasUser && entry !== undefined)
    return isAvailable && scopeParser(name).kind === 'scope'
  })
  report?.({ type: 'scopes_assumed', scopes, reason: 'allowed_scopes' })
  if (scopes.length > 0) return scopes
  throw invalidScope('scope is missing, and the client has none that could be assumed')
}

function parseScopes(
  values: readonly string[],
  { scopeParser, resources, report }: ServerContext,
): readonly RequestedScope[] {
  const results = values.map(scopeParser)
  for (const [index, { kind }] of report ? results.entries() : []) {
    const scope = values[index]
    if (kind === 'invalid' && scope !== undefined) {
      report?.({ type: 'scope_refused', scope, reason: 'malformed' })
    }
  }
  const reasons = results.flatMap((result) => (result.kind === 'invalid' ? [result.reason] : []))
  if (reasons.length > 0) throw invalidScope(reasons.join('; '))
  return results.flatMap((result) =>
    result.kind === 'scope'
      ? [{ scope: result.scope, entry: resources.scopes.get(result.scope.name) }]
      : [],
  )
}

/** Why a resource is left out that was not named here, and perhaps when the user was asked. */
function reasonUnnamed(
  name: string,
  { resources: named, authorizedResources: authorized }: ResourceRequest,
  otherwise: 'isolated' | 'not_named',
): ApiLeftOut['reason'] {
  if (authorized === undefined) return otherwise
  if (authorized.includes(name)) return named.length === 1 ? 'not_this_token' : 'in_company'
  return authorized.length === 0 && named.length > 0 ? 'not_this_token' : otherwise
}

/** Why a scope that an API resource lists does not lead to it (RFC 8707 section 2). `undefined`: it does. */
function reasonToLeaveOut(
  { name, requireResourceIndicator: isIsolated = false }: ApiResource,
  request: ResourceRequest,
  { compatibility, report }: ServerContext,
): ApiLeftOut['reason'] | undefined {
  const { client, resources: named } = request
  if (client.allowedResources?.has(name) === false) return 'not_allowed'
  if (named.includes(name)) return undefined
  if (isIsolated) return reasonUnnamed(name, request, 'isolated')
  if (named.length === 0) return undefined
  if (!compatibility.keepsUnnamedResources) return reasonUnnamed(name, request, 'not_named')
  report?.({ type: 'compatibility_applied', difference: 'keepsUnnamedResources' })
  return undefined
}

/** The API resources that a scope leads to, for this client and this request. */
function apiResourcesOf(
  { scope: { value: scope }, entry }: RequestedScope,
  request: ResourceRequest,
  context: ServerContext,
): readonly ApiResource[] {
  if (entry?.kind !== 'api') return []
  return entry.apiResources.filter((apiResource) => {
    const { name: api } = apiResource
    const reason = reasonToLeaveOut(apiResource, request, context)
    context.report?.(
      reason === undefined
        ? {
            type: 'api_included',
            api,
            scope,
            reason: request.resources.includes(api) ? 'named' : 'listed',
          }
        : { type: 'api_left_out', api, scope, reason },
    )
    return reason === undefined
  })
}

function checkNamedResources(
  { resources: named }: ResourceRequest,
  apiResources: readonly ApiResource[],
  { report }: ServerContext,
): void {
  const names = new Set(apiResources.map(({ name }) => name))
  const offenders = named.filter((indicator) => !names.has(indicator))
  if (offenders.length === 0) return
  for (const resource of offenders) {
    report?.({ type: 'resource_refused', resource, reason: 'no_scope' })
  }
  throw new OAuthError('invalid_target', {
    description: `resource ${quoted(...offenders)}: no API of that name, open to this client, lists a requested scope`,
  })
}

/** Why a scope cannot be had. `undefined`: it can. */
function reasonToRefuse(
  requested: RequestedScope,
  { client, hasUser }: ResourceRequest,
): ScopeRefused['reason'] | undefined {
  if (needsUser(requested) && !hasUser) return 'needs_user'
  const { scope, entry } = requested
  if (scope.name === offlineAccess) return client.allowOfflineAccess ? undefined : 'not_allowed'
  if (entry === undefined) return 'unknown'
  return client.allowedScopes.has(scope.name) ? undefined : 'not_allowed'
}

function reportScopes(
  scopes: readonly RequestedScope[],
  request: ResourceRequest,
  report: NonNullable<ServerContext['report']>,
): void {
  for (const requested of scopes) {
    const { value: scope } = requested.scope
    const reason = reasonToRefuse(requested, request)
    report(
      reason === undefined
        ? { type: 'scope_granted', scope }
        : { type: 'scope_refused', scope, reason },
    )
  }
}

function checkScopes(scopes: readonly RequestedScope[], request: ResourceRequest): void {
  if (scopes.length === 0) throw invalidScope('scope has no value')
  const offenders = scopes.filter((scope) => reasonToRefuse(scope, request) !== undefined)
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
  if (context.report) reportScopes(requested, request, context.report)
  const apiResources = [
    ...new Set(requested.flatMap((scope) => apiResourcesOf(scope, request, context))),
  ]
  checkNamedResources(request, apiResources, context)
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
