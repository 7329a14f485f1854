import type { ApiResource, ApiScope, IdentityResource, Secret } from '@bailiwick/protocol'
import { standardIdentityResources } from '@bailiwick/protocol'
import type { Client } from '@bailiwick/core'
import type { Configuration } from '../../../src/index.js'

/** An entry as IdentityServer has it. */
export type Settings = Readonly<Record<string, unknown>>

/** What stands in the section of an `appsettings.json`. */
export type Appsettings = Readonly<
  Record<'IdentityResources' | 'ApiScopes' | 'ApiResources' | 'Clients', readonly Settings[]>
>

const pascal = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`

const withPascalNames = (members: object): Settings =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [pascal(name), value]))

const secretsOf = (secrets: readonly Secret[]): readonly Settings[] => secrets.map(withPascalNames)

const identityResource = (entry: IdentityResource): Settings => withPascalNames(entry)

const apiScope = (entry: ApiScope): Settings => withPascalNames(entry)

const apiResource = ({ secrets = [], ...others }: ApiResource): Settings => ({
  ...withPascalNames(others),
  ...(secrets.length > 0 && { ApiSecrets: secretsOf(secrets) }),
})

const claimsOf = (claims: Readonly<Record<string, unknown>>): readonly Settings[] =>
  Object.entries(claims).flatMap(([Type, value]) =>
    [value].flat().map((one) => ({ Type, Value: String(one) })),
  )

const client = ({ clientSecrets = [], claims = {}, ...others }: Client): Settings => ({
  ...withPascalNames(others),
  ClientSecrets: secretsOf(clientSecrets),
  // In IdentityServer they come with offline access.
  AllowedGrantTypes: others.allowedGrantTypes.filter((grant) => grant !== 'refresh_token'),
  Claims: claimsOf(claims),
})

/** Says what a configuration says in the words of IdentityServer. */
export const toAppsettings = (configuration: Configuration): Appsettings => ({
  IdentityResources: (configuration.identityResources ?? [])
    .map((entry) => (typeof entry === 'string' ? standardIdentityResources[entry] : entry))
    .map(identityResource),
  ApiScopes: (configuration.apiScopes ?? [])
    .map((entry) => (typeof entry === 'string' ? { name: entry } : entry))
    .map(apiScope),
  ApiResources: (configuration.apiResources ?? []).map(apiResource),
  Clients: configuration.clients.map(client),
})
