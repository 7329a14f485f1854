import type { ApiResource, ApiScope, IdentityResource } from '@bailiwick/protocol'
import type { HashedSecret } from './client-store.js'

/** What the name of a scope stands for. */
export type ScopeEntry =
  | { readonly kind: 'identity'; readonly identityResource: IdentityResource }
  | {
      readonly kind: 'api'
      readonly apiScope: ApiScope
      /** The API resources that list it, in the order of the configuration. */
      readonly apiResources: readonly ApiResource[]
    }

/** An API resource in the form in which its own requests are checked against it. */
export interface RegisteredApi {
  readonly apiResource: ApiResource
  readonly secrets: readonly HashedSecret[]
  /** The names of the scopes that it lists. */
  readonly scopes: ReadonlySet<string>
}

/** The enabled resources, and what a request needs of them in a time that does not depend on how many there are. */
export interface ResourceIndex {
  readonly identityResources: readonly IdentityResource[]
  readonly apiScopes: readonly ApiScope[]
  readonly apiResources: readonly ApiResource[]
  /** API resources by name, with what they authenticate with. */
  readonly apis: ReadonlyMap<string, RegisteredApi>
  /** Identity resources and API scopes by name. One look-up tells all that a request needs to know of a scope. */
  readonly scopes: ReadonlyMap<string, ScopeEntry>
}
