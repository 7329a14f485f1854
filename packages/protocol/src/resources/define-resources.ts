import type { ApiResource, ApiScope, IdentityResource } from './resource.js'
import type { StandardIdentityResourceName } from './standard-identity-resources.js'

/** An identity resource, or the name of a standard one. */
export type IdentityResourceEntry = IdentityResource | StandardIdentityResourceName

/** An API scope, or just its name. */
export type ApiScopeEntry = ApiScope | string

/** Everything that can be requested: the three kinds of resource. {@link defineResources} keeps the names as types. */
export interface ResourceDefinitions {
  /**
   * Scopes that stand for claims about the user. Those of OpenID Connect are just named.
   *
   * @defaultValue `[]`
   */
  readonly identityResources?: readonly IdentityResourceEntry[]
  /**
   * Permissions that clients ask for: objects, or just names.
   *
   * @defaultValue `[]`
   */
  readonly apiScopes?: readonly ApiScopeEntry[]
  /**
   * APIs: audiences that group scopes.
   *
   * @defaultValue `[]`
   */
  readonly apiResources?: readonly ApiResource[]
}

type NameOf<Entry> = Entry extends string
  ? Entry
  : Entry extends { readonly name: infer Name extends string }
    ? Name
    : never

type Entries<
  Definitions extends ResourceDefinitions,
  Kind extends keyof ResourceDefinitions,
> = NonNullable<Definitions[Kind]>[number]

/** The names of the API scopes of definitions. */
export type ApiScopeName<Definitions extends ResourceDefinitions> = NameOf<
  Entries<Definitions, 'apiScopes'>
>

/** The names a client may be allowed: identity resources and API scopes. */
export type ScopeName<Definitions extends ResourceDefinitions> =
  | ApiScopeName<Definitions>
  | NameOf<Entries<Definitions, 'identityResources'>>

/** The names of the API resources of definitions. */
export type ApiResourceName<Definitions extends ResourceDefinitions> = NameOf<
  Entries<Definitions, 'apiResources'>
>

/** The names of the scopes that one API resource lists. */
export type ScopeNameOf<Definitions extends ResourceDefinitions, Name extends string> =
  string extends ApiResourceName<Definitions>
    ? string
    : Extract<Entries<Definitions, 'apiResources'>, { readonly name: Name }> extends {
          readonly scopes: readonly (infer Scope extends string)[]
        }
      ? Scope
      : never

/**
 * Declares identity resources, API scopes and API resources once, for the server and for the APIs, and keeps their
 * names as types: an API resource that lists an undeclared scope does not compile, nor does a client or a guard that
 * names one. It returns what it is given; the server checks the values when it is created.
 *
 * @example
 * ```ts
 * const resources = defineResources({
 *   identityResources: [openid, email],
 *   apiScopes: [{ name: 'invoice.read', displayName: 'Reads your invoices.' }],
 *   apiResources: [{ name: 'urn:invoices', scopes: ['invoice.read'] }],
 * })
 * ```
 */
export function defineResources<
  const Identities extends readonly IdentityResourceEntry[] = readonly [],
  const Scopes extends readonly ApiScopeEntry[] = readonly [],
  const Apis extends readonly ApiResource<string, NameOf<Scopes[number]>>[] = readonly [],
>(definitions: {
  readonly identityResources?: Identities
  readonly apiScopes?: Scopes
  readonly apiResources?: Apis
}): typeof definitions {
  return definitions
}
