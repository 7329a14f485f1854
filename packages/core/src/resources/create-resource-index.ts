import { standardIdentityResources } from '@bailiwick/protocol'
import type {
  ApiResource,
  ApiScope,
  ApiScopeEntry,
  IdentityResource,
  IdentityResourceEntry,
  ResourceDefinitions,
} from '@bailiwick/protocol'
import type { ResourceIndex } from '../stores/resource-index.js'

const toIdentityResource = (entry: IdentityResourceEntry): IdentityResource =>
  typeof entry === 'string' ? standardIdentityResources[entry] : entry

const toApiScope = (entry: ApiScopeEntry): ApiScope =>
  typeof entry === 'string' ? { name: entry } : entry

const enabledByName = <Kind extends { readonly name: string; readonly enabled?: boolean }>(
  resources: readonly Kind[],
): ReadonlyMap<string, Kind> =>
  new Map(resources.filter(({ enabled = true }) => enabled).map((entry) => [entry.name, entry]))

function groupByScope(
  apiResources: Iterable<ApiResource>,
): ReadonlyMap<string, readonly ApiResource[]> {
  const listedBy = new Map<string, ApiResource[]>()
  for (const apiResource of apiResources) {
    for (const scope of new Set(apiResource.scopes)) {
      const listing = listedBy.get(scope)
      if (listing === undefined) listedBy.set(scope, [apiResource])
      else listing.push(apiResource)
    }
  }
  return listedBy
}

/** Indexes checked definitions once, so that a request costs what it asks for and not what is configured. */
export function createResourceIndex({
  identityResources = [],
  apiScopes = [],
  apiResources = [],
}: ResourceDefinitions): ResourceIndex {
  const enabledApiResources = enabledByName(apiResources)
  return {
    identityResources: enabledByName(identityResources.map(toIdentityResource)),
    apiScopes: enabledByName(apiScopes.map(toApiScope)),
    apiResources: enabledApiResources,
    apiResourcesByScope: groupByScope(enabledApiResources.values()),
  }
}
