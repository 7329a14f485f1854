import type { ApiResource } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import type { ParsedScope } from '../stores/scope-parser.js'
import type { ScopeEntry } from '../stores/resource-index.js'

/** One thing that a user allows: a scope, at one API or at none. */
export interface ConsentItem {
  /** As it was requested: `transaction:42`. */
  readonly scope: string
  /** The name of an API resource; absent for what concerns no API. */
  readonly resource?: string
}

/** Which scopes a client asks for, and at which APIs. */
export interface ScopesAtResources {
  readonly client: RegisteredClient
  readonly scopes: readonly string[]
  /** Empty when none is named: then any API that lists one of the scopes may be meant, an isolated one too. */
  readonly resources: readonly string[]
}

/** A scope value, and what it stands for. */
export interface KnownScope {
  readonly scope: ParsedScope
  readonly entry: ScopeEntry
}

/** Finds what a scope value stands for; `undefined` for `offline_access` and for what is not configured any more. */
export function knownScope(
  value: string,
  { scopeParser, resources }: Pick<ServerContext, 'scopeParser' | 'resources'>,
): KnownScope | undefined {
  const result = scopeParser(value)
  if (result.kind !== 'scope') return undefined
  const entry = resources.scopes.get(result.scope.name)
  return entry && { scope: result.scope, entry }
}

type Configuration = Pick<ServerContext, 'scopeParser' | 'resources' | 'compatibility'>

/** Whether a token may be for an API, as `validateResources` decides it; an isolated one can be named later. */
function mayReach(
  { name, requireResourceIndicator: isIsolated = false }: ApiResource,
  { client, resources }: Omit<ScopesAtResources, 'scopes'>,
  { compatibility }: Configuration,
): boolean {
  if (client.allowedResources?.has(name) === false) return false
  if (resources.length === 0 || resources.includes(name)) return true
  return !isIsolated && compatibility.keepsUnnamedResources
}

/** Everything that a user allows who allows these scopes at these resources. */
export function consentItems(
  { scopes, ...where }: ScopesAtResources,
  context: Configuration,
): readonly ConsentItem[] {
  return scopes.flatMap((scope): readonly ConsentItem[] => {
    const entry = knownScope(scope, context)?.entry
    const apiResources = entry?.kind === 'api' ? entry.apiResources : []
    const reached = apiResources.filter((apiResource) => mayReach(apiResource, where, context))
    return reached.length === 0
      ? [{ scope }]
      : reached.map(({ name }) => ({ scope, resource: name }))
  })
}
