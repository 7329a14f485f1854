import type { ApiResource, ApiScope, IdentityResource } from '@bailiwick/protocol'

/** Finds enabled resources by name, in a time that does not depend on how many there are. */
export interface ResourceIndex {
  readonly identityResources: ReadonlyMap<string, IdentityResource>
  readonly apiScopes: ReadonlyMap<string, ApiScope>
  readonly apiResources: ReadonlyMap<string, ApiResource>
  /** The API resources that list a scope, in the order of the configuration. */
  readonly apiResourcesByScope: ReadonlyMap<string, readonly ApiResource[]>
}
