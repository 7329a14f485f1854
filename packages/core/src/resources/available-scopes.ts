import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'

type Configuration = Pick<ServerContext, 'resources' | 'scopeParser' | 'report'>

function isAvailable(
  value: string,
  client: RegisteredClient,
  { resources, scopeParser }: Configuration,
): boolean {
  const result = scopeParser(value)
  if (result.kind !== 'scope') return false
  const { name } = result.scope
  if (name === 'offline_access') return client.allowOfflineAccess
  return resources.scopes.has(name) && client.allowedScopes.has(name)
}

/** Leaves out the scopes that were granted once and that the client could not get today. */
export function availableScopes(
  values: readonly string[],
  client: RegisteredClient,
  configuration: Configuration,
): readonly string[] {
  return values.filter((value) => {
    const isLeft = isAvailable(value, client, configuration)
    if (!isLeft) {
      configuration.report?.({ type: 'scope_dropped', scope: value, reason: 'withdrawn' })
    }
    return isLeft
  })
}

/** Leaves out the resources that were named once and that none of these scopes leads to today. */
export function reachableResources(
  names: readonly string[],
  scopes: readonly string[],
  { client, context }: { readonly client: RegisteredClient; readonly context: Configuration },
): readonly string[] {
  const reachable = new Set(
    scopes.flatMap((value) => {
      const result = context.scopeParser(value)
      const entry =
        result.kind === 'scope' ? context.resources.scopes.get(result.scope.name) : undefined
      return entry?.kind === 'api' ? entry.apiResources.map(({ name }) => name) : []
    }),
  )
  return names.filter((name) => reachable.has(name) && client.allowedResources?.has(name) !== false)
}
