import type { ApiResource, ResourceDefinitions } from '@bailiwick/protocol'
import type { ClaimSource } from '../decision.js'
import type { Client } from '../stores/client-store.js'

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

/** Something with a name that can be switched off. */
interface NamedEntry {
  readonly name: string
  readonly enabled?: boolean
}

/** Finds entries of the configuration, also those that are disabled, and their paths: `apiResources[1]`. */
export interface Locator {
  readonly client: (clientId: string) => Located<Client> | undefined
  readonly api: (name: string) => Located<ApiResource> | undefined
  /** An API scope or an identity resource. */
  readonly scope: (name: string) => Located<NamedEntry> | undefined
  /** The paths of the lists that ask for a claim. */
  readonly claim: (source: ClaimSource) => string
  readonly configuration: Configuration
}

const named = (entry: string | NamedEntry): NamedEntry =>
  typeof entry === 'string' ? { name: entry } : entry

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
  const { identityResources = [], apiScopes = [], apiResources = [] } = resources
  const client: Locator['client'] = (clientId) =>
    find(clients, 'clients', (entry) => entry.clientId === clientId)
  const api: Locator['api'] = (name) =>
    find(apiResources, 'apiResources', (entry) => entry.name === name)
  const scope: Locator['scope'] = (name) => {
    const isIt = (entry: NamedEntry): boolean => entry.name === name
    return (
      find(apiScopes.map(named), 'apiScopes', isIt) ??
      find(identityResources.map(named), 'identityResources', isIt)
    )
  }
  return {
    configuration,
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
