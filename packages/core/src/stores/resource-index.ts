import type { ApiResource, ApiScope, IdentityResource } from '@bailiwick/protocol'

/** What the name of a scope stands for. */
export type ScopeEntry =
  | { readonly kind: 'identity'; readonly identityResource: IdentityResource }
  | {
      readonly kind: 'api'
      readonly apiScope: ApiScope
      /** The API resources that list it, in the order of the configuration. */
      readonly apiResources: readonly ApiResource[]
    }

/** The enabled resources, and what a request needs of them in a time that does not depend on how many there are. */
export interface ResourceIndex {
  readonly identityResources: readonly IdentityResource[]
  readonly apiScopes: readonly ApiScope[]
  readonly apiResources: readonly ApiResource[]
  /** Identity resources and API scopes by name. One look-up tells all that a request needs to know of a scope. */
  readonly scopes: ReadonlyMap<string, ScopeEntry>
}
