import { standardIdentityResources } from '@bailiwick/protocol'
import type { ApiResource, ResourceDefinitions, ScopeParameter } from '@bailiwick/protocol'
import type { ClaimSource } from '../decision.js'
import type { Client } from '../stores/client.js'

/** What is looked for in the configuration. */
export interface Configuration {
  readonly resources: ResourceDefinitions
  readonly clients: readonly Client[]
}

/** An entry of the configuration. */
export interface Located<Entry> {
  readonly path: string
  readonly entry: Entry
}

/** An API scope or an identity resource. */
interface ScopeDefinition {
  readonly name: string
  readonly enabled?: boolean
  readonly userClaims?: readonly string[]
  readonly parameter?: ScopeParameter
}

/** Finds entries of the configuration, also those that are disabled, and their paths: `apiResources[1]`. */
export interface Locator {
  readonly client: (clientId: string) => Located<Client> | undefined
  readonly api: (name: string) => Located<ApiResource> | undefined
  /** What a scope value stands for, `transaction:42` for instance. */
  readonly scope: (value: string) => Located<ScopeDefinition> | undefined
  readonly identityResources: readonly ScopeDefinition[]
  readonly apiScopes: readonly ScopeDefinition[]
  /** The paths of the lists that ask for a claim. */
  readonly claim: (source: ClaimSource) => string
  readonly configuration: Configuration
}

const isStandard = (name: string): name is keyof typeof standardIdentityResources =>
  Object.hasOwn(standardIdentityResources, name)

const apiScopeOf = (entry: string | ScopeDefinition): ScopeDefinition =>
  typeof entry === 'string' ? { name: entry } : entry

function identityResourceOf(entry: string | ScopeDefinition): ScopeDefinition {
  if (typeof entry !== 'string') return entry
  return isStandard(entry) ? standardIdentityResources[entry] : { name: entry }
}

const isValueOf = (value: string, { name, parameter }: ScopeDefinition): boolean =>
  parameter !== undefined && value.startsWith(name + (parameter.separator ?? ':'))

function find<Entry>(
  list: readonly Entry[],
  path: string,
  isIt: (entry: Entry) => boolean,
): Located<Entry> | undefined {
  const index = list.findIndex(isIt)
  const entry = list[index]
  return entry === undefined ? undefined : { path: `${path}[${index}]`, entry }
}

/** Makes a locator for a configuration. */
export function createLocator(configuration: Configuration): Locator {
  const { clients, resources } = configuration
  const { apiResources = [] } = resources
  const identityResources = (resources.identityResources ?? []).map(identityResourceOf)
  const apiScopes = (resources.apiScopes ?? []).map(apiScopeOf)
  const client: Locator['client'] = (clientId) =>
    find(clients, 'clients', (entry) => entry.clientId === clientId)
  const api: Locator['api'] = (name) =>
    find(apiResources, 'apiResources', (entry) => entry.name === name)
  const scope: Locator['scope'] = (value) =>
    find(apiScopes, 'apiScopes', ({ name }) => name === value) ??
    find(identityResources, 'identityResources', ({ name }) => name === value) ??
    find(apiScopes, 'apiScopes', (entry) => isValueOf(value, entry))
  return {
    configuration,
    identityResources,
    apiScopes,
    client,
    api,
    scope,
    claim: ({ kind, name }) => {
      if (kind === 'claims_parameter') return 'claims'
      if (kind === 'client') return `${client(name)?.path ?? 'clients'}.claims`
      const located = kind === 'api_resource' ? api(name) : scope(name)
      return `${located?.path ?? name}.userClaims`
    },
  }
}
