import { OAuthError } from '@bailiwick/protocol'
import type { ApiResource, ApiScope } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { ValidatedResources } from './validate-resources.js'
import { quoted } from '../http/quoted.js'

/** What one access token is for. */
export interface TokenResources {
  /** Its audience. */
  readonly apiResources: readonly ApiResource[]
  readonly apiScopes: readonly ApiScope[]
  /** As they go into the token, `offline_access` last. */
  readonly scopes: readonly string[]
}

const offlineAccessOf = ({ hasOfflineAccess }: ValidatedResources): readonly string[] =>
  hasOfflineAccess ? ['offline_access'] : []

function withoutNarrowing(
  granted: ValidatedResources,
  { report }: Pick<ServerContext, 'report'>,
): TokenResources {
  return {
    // An isolated resource is never in company: it has to be named, and then it is the only one.
    apiResources: granted.apiResources.filter(
      ({ name: api, requireResourceIndicator: isIsolated = false }) => {
        if (isIsolated) report?.({ type: 'api_left_out', api, reason: 'in_company' })
        return !isIsolated
      },
    ),
    apiScopes: granted.apiScopes,
    scopes: [...granted.scopes.map(({ value }) => value), ...offlineAccessOf(granted)],
  }
}

function reportNarrowing(
  { scopes, apiResources }: ValidatedResources,
  { listed, resource }: { readonly listed: ReadonlySet<string>; readonly resource: string },
  report: NonNullable<ServerContext['report']>,
): void {
  for (const { name, value: scope } of scopes) {
    if (!listed.has(name)) report({ type: 'scope_dropped', scope, reason: 'not_listed', resource })
  }
  for (const { name: api } of apiResources) {
    if (api !== resource) report({ type: 'api_left_out', api, reason: 'not_this_token' })
  }
}

/** A token that is for a resource, and may do nothing there. */
function checkEmptyToken(
  resource: string,
  { compatibility, report }: Pick<ServerContext, 'compatibility' | 'report'>,
): void {
  if (compatibility.issuesEmptyTokens) {
    report?.({ type: 'compatibility_applied', difference: 'issuesEmptyTokens' })
    return
  }
  report?.({ type: 'resource_refused', resource, reason: 'no_scope' })
  throw new OAuthError('invalid_target', {
    description: `resource ${quoted(resource)} holds none of the granted scopes`,
  })
}

/**
 * Decides what one access token is for: everything that was granted, or the part of it that belongs to the resource
 * which the token request names (RFC 8707 section 2.2).
 *
 * @throws OAuthError `invalid_target` when the named resource holds none of the granted scopes.
 */
export function narrowResources(
  granted: ValidatedResources,
  resource: string | undefined,
  context: Pick<ServerContext, 'compatibility' | 'report'>,
): TokenResources {
  if (resource === undefined) return withoutNarrowing(granted, context)

  const apiResource = granted.apiResources.find(({ name }) => name === resource)
  if (apiResource === undefined) checkEmptyToken(resource, context)
  const listed: ReadonlySet<string> = new Set(apiResource?.scopes)
  const scopes = granted.scopes.filter(({ name }) => listed.has(name))
  if (context.report) reportNarrowing(granted, { listed, resource }, context.report)
  return {
    apiResources: apiResource === undefined ? [] : [apiResource],
    apiScopes: granted.apiScopes.filter(({ name }) => listed.has(name)),
    scopes: [...scopes.map(({ value }) => value), ...offlineAccessOf(granted)],
  }
}
