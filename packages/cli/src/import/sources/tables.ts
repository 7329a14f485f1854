import type { Kind } from './identity-server-configuration.js'

/** The table of a kind of entry. */
export interface EntryTable {
  readonly table: string
  /** The column with the name that people know an entry by. */
  readonly nameColumn: string
  /** Columns that hold several values with commas between them. */
  readonly lists: readonly string[]
}

/** What the rows of a table are to the entry that they belong to. */
export interface PartTable {
  readonly table: string
  /** The column with the id of the entry. */
  readonly owner: string
  /** The property that they are in a file. */
  readonly property: string
  /** Values of that column, objects, or pairs of `Key` and `Value`. */
  readonly holds: { readonly column: string } | 'objects' | 'pairs'
}

/** The tables of the Entity Framework stores of IdentityServer 4 and later, by the kind of their entries. */
export const entryTables = {
  identityResources: { table: 'IdentityResources', nameColumn: 'Name', lists: [] },
  apiScopes: { table: 'ApiScopes', nameColumn: 'Name', lists: [] },
  apiResources: {
    table: 'ApiResources',
    nameColumn: 'Name',
    lists: ['AllowedAccessTokenSigningAlgorithms'],
  },
  clients: {
    table: 'Clients',
    nameColumn: 'ClientId',
    lists: ['AllowedIdentityTokenSigningAlgorithms'],
  },
} as const satisfies Readonly<Record<Kind, EntryTable>>

const client = (table: string, property: string, holds: PartTable['holds']): PartTable => ({
  table,
  owner: 'ClientId',
  property,
  holds,
})

const api = (table: string, property: string, holds: PartTable['holds']): PartTable => ({
  table,
  owner: 'ApiResourceId',
  property,
  holds,
})

const scope = (table: string, property: string, holds: PartTable['holds']): PartTable => ({
  table,
  owner: 'ScopeId',
  property,
  holds,
})

const identity = (table: string, property: string, holds: PartTable['holds']): PartTable => ({
  table,
  owner: 'IdentityResourceId',
  property,
  holds,
})

/** The tables of what belongs to entries. */
export const partTables: Readonly<Record<Kind, readonly PartTable[]>> = {
  identityResources: [
    identity('IdentityResourceClaims', 'UserClaims', { column: 'Type' }),
    identity('IdentityResourceProperties', 'Properties', 'pairs'),
  ],
  apiScopes: [
    scope('ApiScopeClaims', 'UserClaims', { column: 'Type' }),
    scope('ApiScopeProperties', 'Properties', 'pairs'),
  ],
  apiResources: [
    api('ApiResourceScopes', 'Scopes', { column: 'Scope' }),
    api('ApiResourceClaims', 'UserClaims', { column: 'Type' }),
    api('ApiResourceSecrets', 'ApiSecrets', 'objects'),
    api('ApiResourceProperties', 'Properties', 'pairs'),
  ],
  clients: [
    client('ClientSecrets', 'ClientSecrets', 'objects'),
    client('ClientGrantTypes', 'AllowedGrantTypes', { column: 'GrantType' }),
    client('ClientRedirectUris', 'RedirectUris', { column: 'RedirectUri' }),
    client('ClientPostLogoutRedirectUris', 'PostLogoutRedirectUris', {
      column: 'PostLogoutRedirectUri',
    }),
    client('ClientScopes', 'AllowedScopes', { column: 'Scope' }),
    client('ClientCorsOrigins', 'AllowedCorsOrigins', { column: 'Origin' }),
    client('ClientIdPRestrictions', 'IdentityProviderRestrictions', { column: 'Provider' }),
    client('ClientClaims', 'Claims', 'objects'),
    client('ClientProperties', 'Properties', 'pairs'),
  ],
}

/** Tables of later versions whose rows have no counterpart here. */
export const otherTables: readonly Omit<EntryTable, 'lists'>[] = [
  { table: 'IdentityProviders', nameColumn: 'Scheme' },
  { table: 'SamlServiceProviders', nameColumn: 'EntityId' },
]
