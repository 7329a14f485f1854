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

function withoutNarrowing(granted: ValidatedResources): TokenResources {
  return {
    // An isolated resource is never in company: it has to be named, and then it is the only one.
    apiResources: granted.apiResources.filter(
      ({ requireResourceIndicator: isIsolated = false }) => !isIsolated,
    ),
    apiScopes: granted.apiScopes,
    scopes: [...granted.scopes.map(({ value }) => value), ...offlineAccessOf(granted)],
  }
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
  { compatibility }: Pick<ServerContext, 'compatibility'>,
): TokenResources {
  if (resource === undefined) return withoutNarrowing(granted)

  const apiResource = granted.apiResources.find(({ name }) => name === resource)
  if (apiResource === undefined && !compatibility.issuesEmptyTokens) {
    throw new OAuthError('invalid_target', {
      description: `resource ${quoted(resource)} holds none of the granted scopes`,
    })
  }
  const listed: ReadonlySet<string> = new Set(apiResource?.scopes)
  const scopes = granted.scopes.filter(({ name }) => listed.has(name))
  return {
    apiResources: apiResource === undefined ? [] : [apiResource],
    apiScopes: granted.apiScopes.filter(({ name }) => listed.has(name)),
    scopes: [...scopes.map(({ value }) => value), ...offlineAccessOf(granted)],
  }
}
