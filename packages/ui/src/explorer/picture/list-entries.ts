import type { Client } from '@bailiwick/core'
import { standardIdentityResources } from '@bailiwick/protocol'
import type {
  ApiResource,
  ApiScope,
  IdentityResource,
  IdentityResourceEntry,
  ResourceDefinitions,
} from '@bailiwick/protocol'
import { entryId } from './entry.js'
import type { Entry } from './entry.js'
import { apiFacts, clientFacts, identityFacts, scopeFacts } from './facts.js'

/** What the picture shows. */
export interface Configuration {
  readonly resources: ResourceDefinitions
  readonly clients: readonly Client[]
}

/** The ids of the entries of each kind, by their names. */
interface Ids {
  readonly scopes: ReadonlyMap<string, string>
  readonly apis: ReadonlyMap<string, string>
  /** By scope. */
  readonly apisOfScope: ReadonlyMap<string, readonly string[]>
  readonly claims: ReadonlyMap<string, string>
}

/** Something with a name that can be switched off. */
interface Named {
  readonly name: string
  readonly displayName?: string
  readonly enabled?: boolean
}

const scopeOf = (entry: string | ApiScope): ApiScope =>
  typeof entry === 'string' ? { name: entry } : entry

const identityOf = (entry: IdentityResourceEntry): IdentityResource =>
  typeof entry === 'string' ? standardIdentityResources[entry] : entry

const idsOf = (list: string, entries: readonly Named[]): readonly (readonly [string, string])[] =>
  entries.map(({ name }, index) => [name, entryId(list, index)] as const)

const found = (names: readonly string[] = [], ids: ReadonlyMap<string, string>): string[] =>
  names.flatMap((name) => ids.get(name) ?? [])

const tags = (words: Readonly<Record<string, boolean>>): readonly string[] =>
  Object.entries(words).flatMap(([word, isSo]) => (isSo ? [word] : []))

const common = ({ name, displayName, enabled = true }: Named) =>
  ({
    name,
    title: displayName,
    isDisabled: !enabled,
    isIsolated: false,
    onlyApis: undefined,
  }) as const

const clientEntry = (client: Client, index: number, ids: Ids): Entry => ({
  ...common({ ...client, name: client.clientId }),
  id: entryId('clients', index),
  kind: 'client',
  title: client.clientName,
  tags: tags({
    public: client.requireClientSecret === false,
    disabled: client.enabled === false,
  }),
  facts: clientFacts(client),
  leadsTo: found(client.allowedScopes, ids.scopes),
  onlyApis: client.allowedResources && found(client.allowedResources, ids.apis),
})

function scopeEntry(scope: ApiScope, index: number, ids: Ids): Entry {
  const apis = ids.apisOfScope.get(scope.name) ?? []
  return {
    ...common(scope),
    id: entryId('apiScopes', index),
    kind: 'scope',
    tags: tags({
      parameter: scope.parameter !== undefined,
      'no API': apis.length === 0,
      disabled: scope.enabled === false,
    }),
    facts: scopeFacts(scope),
    leadsTo: [...apis, ...found(scope.userClaims, ids.claims)],
  }
}

const apiEntry = (api: ApiResource, index: number, ids: Ids): Entry => ({
  ...common(api),
  id: entryId('apiResources', index),
  kind: 'api',
  isIsolated: api.requireResourceIndicator === true,
  tags: tags({
    'no scope': (api.scopes ?? []).length === 0,
    disabled: api.enabled === false,
  }),
  facts: apiFacts(api),
  leadsTo: found(api.userClaims, ids.claims),
})

const identityEntry = (identity: IdentityResource, index: number, ids: Ids): Entry => ({
  ...common(identity),
  id: entryId('identityResources', index),
  kind: 'identity',
  tags: tags({ disabled: identity.enabled === false }),
  facts: identityFacts(identity),
  leadsTo: found(identity.userClaims, ids.claims),
})

const claimEntry = (claim: string, id: string): Entry => ({
  ...common({ name: claim }),
  id,
  kind: 'claim',
  tags: [],
  facts: [],
  leadsTo: [],
})

function groupApis(apis: readonly ApiResource[]): Ids['apisOfScope'] {
  const grouped = new Map<string, string[]>()
  for (const [index, { scopes = [] }] of apis.entries()) {
    for (const scope of scopes) {
      grouped.set(scope, [...(grouped.get(scope) ?? []), entryId('apiResources', index)])
    }
  }
  return grouped
}

/** Lists everything in a configuration, and what leads where. */
export function listEntries({ resources, clients }: Configuration): readonly Entry[] {
  const scopes = (resources.apiScopes ?? []).map(scopeOf)
  const identities = (resources.identityResources ?? []).map(identityOf)
  const apis = resources.apiResources ?? []
  const claims = new Set(
    [...identities, ...apis, ...scopes].flatMap(({ userClaims = [] }) => userClaims),
  )
  const ids: Ids = {
    scopes: new Map([...idsOf('apiScopes', scopes), ...idsOf('identityResources', identities)]),
    apis: new Map(idsOf('apiResources', apis)),
    apisOfScope: groupApis(apis),
    claims: new Map([...claims].map((claim, index) => [claim, entryId('claims', index)])),
  }
  return [
    ...clients.map((client, index) => clientEntry(client, index, ids)),
    ...scopes.map((scope, index) => scopeEntry(scope, index, ids)),
    ...apis.map((api, index) => apiEntry(api, index, ids)),
    ...identities.map((identity, index) => identityEntry(identity, index, ids)),
    ...[...ids.claims].map(([claim, id]) => claimEntry(claim, id)),
  ]
}
