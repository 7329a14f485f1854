import type { Appsettings, Settings } from './to-appsettings.js'

type Value = string | number | boolean | null

/** The type of a column, and what it holds when nothing else is said. */
type Column = readonly [type: 'boolean' | 'integer' | 'text' | 'date' | 'interval', value: Value]

/** A table with its rows, as the migrations of the Entity Framework stores make it. */
export interface EfTable {
  readonly name: string
  readonly columns: Readonly<Record<string, Column>>
  readonly rows: readonly Readonly<Record<string, Value>>[]
}

const dates = {
  Created: ['date', '2024-01-04 19:24:04'],
  Updated: ['date', null],
  LastAccessed: ['date', null],
  NonEditable: ['boolean', false],
} as const satisfies EfTable['columns']

const resourceColumns = {
  Enabled: ['boolean', true],
  Name: ['text', ''],
  DisplayName: ['text', null],
  Description: ['text', null],
  ShowInDiscoveryDocument: ['boolean', true],
  ...dates,
} as const satisfies EfTable['columns']

const scopeColumns = {
  ...resourceColumns,
  Required: ['boolean', false],
  Emphasize: ['boolean', false],
} as const satisfies EfTable['columns']

const apiColumns = {
  ...resourceColumns,
  AllowedAccessTokenSigningAlgorithms: ['text', null],
  RequireResourceIndicator: ['boolean', false],
} as const satisfies EfTable['columns']

const clientColumns = {
  Enabled: ['boolean', true],
  ClientId: ['text', ''],
  ProtocolType: ['text', 'oidc'],
  RequireClientSecret: ['boolean', true],
  ClientName: ['text', null],
  Description: ['text', null],
  ClientUri: ['text', null],
  LogoUri: ['text', null],
  RequireConsent: ['boolean', false],
  AllowRememberConsent: ['boolean', true],
  AlwaysIncludeUserClaimsInIdToken: ['boolean', false],
  RequirePkce: ['boolean', true],
  AllowPlainTextPkce: ['boolean', false],
  RequireRequestObject: ['boolean', false],
  AllowAccessTokensViaBrowser: ['boolean', false],
  RequireDPoP: ['boolean', false],
  DPoPValidationMode: ['integer', 1],
  DPoPClockSkew: ['interval', '00:05:00'],
  FrontChannelLogoutUri: ['text', null],
  FrontChannelLogoutSessionRequired: ['boolean', true],
  BackChannelLogoutUri: ['text', null],
  BackChannelLogoutSessionRequired: ['boolean', true],
  AllowOfflineAccess: ['boolean', false],
  IdentityTokenLifetime: ['integer', 300],
  AllowedIdentityTokenSigningAlgorithms: ['text', null],
  AccessTokenLifetime: ['integer', 3600],
  AuthorizationCodeLifetime: ['integer', 300],
  ConsentLifetime: ['integer', null],
  AbsoluteRefreshTokenLifetime: ['integer', 2_592_000],
  SlidingRefreshTokenLifetime: ['integer', 1_296_000],
  RefreshTokenUsage: ['integer', 0],
  UpdateAccessTokenClaimsOnRefresh: ['boolean', false],
  RefreshTokenExpiration: ['integer', 1],
  AccessTokenType: ['integer', 0],
  EnableLocalLogin: ['boolean', true],
  IncludeJwtId: ['boolean', true],
  AlwaysSendClientClaims: ['boolean', false],
  ClientClaimsPrefix: ['text', 'client_'],
  PairWiseSubjectSalt: ['text', null],
  InitiateLoginUri: ['text', null],
  UserSsoLifetime: ['integer', null],
  UserCodeType: ['text', null],
  DeviceCodeLifetime: ['integer', 300],
  CibaLifetime: ['integer', null],
  PollingInterval: ['integer', null],
  CoordinateLifetimeWithUserSession: ['boolean', null],
  PushedAuthorizationLifetime: ['integer', null],
  RequirePushedAuthorization: ['boolean', false],
  ...dates,
} as const satisfies EfTable['columns']

const secretColumns = {
  Description: ['text', null],
  Value: ['text', ''],
  Expiration: ['date', null],
  Type: ['text', 'SharedSecret'],
  Created: ['date', '2024-01-04 19:24:04'],
} as const satisfies EfTable['columns']

const pairColumns = {
  Key: ['text', ''],
  Value: ['text', ''],
} as const satisfies EfTable['columns']

const one = (name: string): EfTable['columns'] => ({ [name]: ['text', ''] })

/** Enumerations are numbers in a database. */
const numbers: Readonly<Record<string, number>> = {
  reUse: 0,
  oneTimeOnly: 1,
  sliding: 0,
  absolute: 1,
  jwt: 0,
  reference: 1,
}

const enumerations: ReadonlySet<string> = new Set([
  'RefreshTokenUsage',
  'RefreshTokenExpiration',
  'AccessTokenType',
])

function columnValue(name: string, value: unknown): Value {
  if (Array.isArray(value)) return value.join(',')
  if (enumerations.has(name)) return numbers[String(value)] ?? null
  return value as Value
}

function rowOf(settings: Settings, columns: EfTable['columns'], ids: object) {
  const own = Object.entries(columns).map(([name, [, value]]) => [
    name,
    name in settings ? columnValue(name, settings[name]) : value,
  ])
  return { ...Object.fromEntries(own), ...ids } as Readonly<Record<string, Value>>
}

interface Part {
  readonly name: string
  readonly property: string
  readonly columns: EfTable['columns']
}

const asSettings = (part: Part, value: unknown): readonly Settings[] => {
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    return Object.entries(value as object).map(([Key, Value]) => ({ Key, Value: Value as unknown }))
  }
  const [column = ''] = Object.keys(part.columns)
  return value.map((item: unknown) =>
    typeof item === 'object' ? (item as Settings) : { [column]: item },
  )
}

/** Rows do not come in the order of their ids, as they need not in a database. */
function tablesOf(
  { name, columns }: Omit<Part, 'property'>,
  entries: readonly Settings[],
  { owner, parts }: { readonly owner: string; readonly parts: readonly Part[] },
): readonly EfTable[] {
  const own = entries.map((entry, index) => rowOf(entry, columns, { Id: index + 1 }))
  const others = parts.map((part) => {
    const rows = entries.flatMap((entry, index) =>
      asSettings(part, entry[part.property]).map((settings) =>
        rowOf(settings, part.columns, { [owner]: index + 1 }),
      ),
    )
    return {
      name: part.name,
      columns: { Id: ['integer', 0], [owner]: ['integer', 0], ...part.columns } as const,
      rows: rows.map((row, index) => ({ ...row, Id: index + 1 })).toReversed(),
    }
  })
  return [{ name, columns: { Id: ['integer', 0], ...columns }, rows: own.toReversed() }, ...others]
}

const propertiesOf = (name: string): Part => ({
  name,
  property: 'Properties',
  columns: pairColumns,
})

const list = (name: string, property: string, column: string): Part => ({
  name,
  property,
  columns: one(column),
})

/** The tables that hold what an `appsettings.json` says. */
const efTables = (settings: Appsettings): readonly EfTable[] => [
  ...tablesOf({ name: 'IdentityResources', columns: scopeColumns }, settings.IdentityResources, {
    owner: 'IdentityResourceId',
    parts: [
      list('IdentityResourceClaims', 'UserClaims', 'Type'),
      propertiesOf('IdentityResourceProperties'),
    ],
  }),
  ...tablesOf({ name: 'ApiScopes', columns: scopeColumns }, settings.ApiScopes, {
    owner: 'ScopeId',
    parts: [list('ApiScopeClaims', 'UserClaims', 'Type'), propertiesOf('ApiScopeProperties')],
  }),
  ...tablesOf({ name: 'ApiResources', columns: apiColumns }, settings.ApiResources, {
    owner: 'ApiResourceId',
    parts: [
      list('ApiResourceClaims', 'UserClaims', 'Type'),
      list('ApiResourceScopes', 'Scopes', 'Scope'),
      { name: 'ApiResourceSecrets', property: 'ApiSecrets', columns: secretColumns },
      propertiesOf('ApiResourceProperties'),
    ],
  }),
  ...tablesOf({ name: 'Clients', columns: clientColumns }, settings.Clients, {
    owner: 'ClientId',
    parts: [
      { name: 'ClientSecrets', property: 'ClientSecrets', columns: secretColumns },
      list('ClientGrantTypes', 'AllowedGrantTypes', 'GrantType'),
      list('ClientScopes', 'AllowedScopes', 'Scope'),
      list('ClientRedirectUris', 'RedirectUris', 'RedirectUri'),
      list('ClientPostLogoutRedirectUris', 'PostLogoutRedirectUris', 'PostLogoutRedirectUri'),
      list('ClientCorsOrigins', 'AllowedCorsOrigins', 'Origin'),
      list('ClientIdPRestrictions', 'IdentityProviderRestrictions', 'Provider'),
      {
        name: 'ClientClaims',
        property: 'Claims',
        columns: { Type: ['text', ''], Value: ['text', ''] },
      },
      propertiesOf('ClientProperties'),
    ],
  }),
]

/** The name in snake case, as EFCore.NamingConventions makes it. */
export const snakeCase = (name: string): string =>
  name.replaceAll(/(?<!^)([A-Z])/g, '_$1').toLowerCase()

/** How a kind of database writes the tables down. */
export interface Dialect {
  readonly types: Readonly<Record<Column[0], string>>
  readonly nameOf: (name: string) => string
  readonly boolean: (value: boolean) => string
}

export const sqlite: Dialect = {
  types: { boolean: 'INTEGER', integer: 'INTEGER', text: 'TEXT', date: 'TEXT', interval: 'TEXT' },
  nameOf: (name) => name,
  boolean: (value) => (value ? '1' : '0'),
}

export const postgres: Dialect = {
  types: {
    boolean: 'boolean',
    integer: 'integer',
    text: 'text',
    date: 'timestamp with time zone',
    interval: 'interval',
  },
  nameOf: (name) => name,
  boolean: String,
}

const quoted = (name: string): string => `"${name}"`

function literal(value: Value, dialect: Dialect): string {
  if (value === null) return 'NULL'
  if (typeof value === 'boolean') return dialect.boolean(value)
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
}

/** Where and how tables are written down. */
export interface Place {
  readonly dialect: Dialect
  readonly schema?: string
}

const fullName = (name: string, { dialect, schema = '' }: Place): string =>
  `${schema === '' ? '' : `${quoted(schema)}.`}${quoted(dialect.nameOf(name))}`

const nothing: Appsettings = { IdentityResources: [], ApiScopes: [], ApiResources: [], Clients: [] }

/** The statements that make the tables. */
export const creation = (place: Place): readonly string[] =>
  efTables(nothing).map(({ name, columns }) => {
    const { nameOf, types } = place.dialect
    const definitions = Object.entries(columns).map(
      ([column, [type]]) => `${quoted(nameOf(column))} ${types[type]}`,
    )
    return `CREATE TABLE ${fullName(name, place)} (${definitions.join(', ')})`
  })

/** The statements that fill the tables with what an `appsettings.json` says, and nothing else. */
export const filling = (settings: Appsettings, place: Place): readonly string[] =>
  efTables(settings).flatMap(({ name, columns, rows }) => {
    const { dialect } = place
    const names = Object.keys(columns)
    const columnList = names.map((column) => quoted(dialect.nameOf(column))).join(', ')
    const values = rows.map(
      (row) => `(${names.map((column) => literal(row[column] ?? null, dialect)).join(', ')})`,
    )
    const table = fullName(name, place)
    return [
      `DELETE FROM ${table}`,
      ...(values.length === 0
        ? []
        : [`INSERT INTO ${table} (${columnList}) VALUES ${values.join(', ')}`]),
    ]
  })
