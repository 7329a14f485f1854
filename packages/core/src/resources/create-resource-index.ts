import { standardIdentityResources } from '@bailiwick/protocol'
import type {
  ApiResource,
  ApiScope,
  ApiScopeEntry,
  IdentityResource,
  IdentityResourceEntry,
  ResourceDefinitions,
} from '@bailiwick/protocol'
import { hashSecret } from '../hash-secret.js'
import type { RegisteredApi, ResourceIndex, ScopeEntry } from '../stores/resource-index.js'

const toIdentityResource = (entry: IdentityResourceEntry): IdentityResource =>
  typeof entry === 'string' ? standardIdentityResources[entry] : entry

const toApiScope = (entry: ApiScopeEntry): ApiScope =>
  typeof entry === 'string' ? { name: entry } : entry

const isEnabled = ({ enabled = true }: { readonly enabled?: boolean }): boolean => enabled

const registerApi = (apiResource: ApiResource): RegisteredApi => ({
  apiResource,
  secrets: (apiResource.secrets ?? []).map(hashSecret),
  scopes: new Set(apiResource.scopes),
})

function groupByScope(
  apiResources: readonly ApiResource[],
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
export function createResourceIndex(definitions: ResourceDefinitions): ResourceIndex {
  const identityResources = (definitions.identityResources ?? [])
    .map(toIdentityResource)
    .filter(isEnabled)
  const apiScopes = (definitions.apiScopes ?? []).map(toApiScope).filter(isEnabled)
  const apiResources = (definitions.apiResources ?? []).filter(isEnabled)
  const listedBy = groupByScope(apiResources)
  const entries: readonly (readonly [string, ScopeEntry])[] = [
    ...identityResources.map(
      (identityResource) =>
        [identityResource.name, { kind: 'identity', identityResource }] as const,
    ),
    ...apiScopes.map(
      (apiScope) =>
        [
          apiScope.name,
          { kind: 'api', apiScope, apiResources: listedBy.get(apiScope.name) ?? [] },
        ] as const,
    ),
  ]
  return {
    identityResources,
    apiScopes,
    apiResources,
    apis: new Map(apiResources.map((entry) => [entry.name, registerApi(entry)])),
    scopes: new Map(entries),
  }
}
