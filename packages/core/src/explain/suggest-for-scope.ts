import type { ScopeDropped, ScopeRefused } from '../decision.js'
import { clientPath } from './describe-decision.js'
import type { DescriptionContext } from './describe-decision.js'
import { nearest } from './nearest.js'
import type { Change } from './suggestion.js'

const knownScopes = ({ locator: { configuration } }: DescriptionContext): readonly string[] => {
  const { apiScopes = [], identityResources = [] } = configuration.resources
  return [...apiScopes, ...identityResources].map((entry) =>
    typeof entry === 'string' ? entry : entry.name,
  )
}

/** What makes a scope one that there is. */
export function declareScope(scope: string, context: DescriptionContext): Change {
  const located = context.locator.scope(scope)
  if (located !== undefined) {
    const path = `${located.path}.enabled`
    return { change: `Remove enabled: false from ${located.path}.`, path }
  }
  const similar = nearest(scope, knownScopes(context))
  return similar === undefined
    ? { change: `Declare it: add '${scope}' to apiScopes.`, path: 'apiScopes' }
    : { change: `Send ${similar} instead, or declare '${scope}' in apiScopes.` }
}

/** What makes a client one that may ask for a scope. */
export function allowScope(scope: string, context: DescriptionContext): Change {
  const client = clientPath(context)
  return scope === 'offline_access'
    ? { change: `Set ${client}.allowOfflineAccess to true.`, path: `${client}.allowOfflineAccess` }
    : { change: `Add '${scope}' to ${client}.allowedScopes.`, path: `${client}.allowedScopes` }
}

const changes: Readonly<
  Record<ScopeRefused['reason'], (scope: string, context: DescriptionContext) => Change>
> = {
  unknown: declareScope,
  not_allowed: allowScope,
  needs_user: (scope) => ({
    change: `Leave ${scope} out, or use a grant with a user: authorization_code.`,
  }),
  malformed: (scope, { locator }) => ({
    change: `Send ${scope} with a parameter as its scope declares it.`,
    path: `${locator.scope(scope)?.path ?? 'apiScopes'}.parameter`,
  }),
}

/** What gives a scope that was refused. */
export function suggestForScope(
  { scope, reason }: ScopeRefused,
  context: DescriptionContext,
): Change {
  return changes[reason](scope, context)
}

/** What gives a scope that was granted and is not in the access token. */
export function suggestForDropped(
  { scope, reason, resource }: ScopeDropped,
  context: DescriptionContext,
): Change {
  if (reason === 'withdrawn') {
    const { change, path } = allowScope(scope, context)
    return { change: `${change.slice(0, -1)} again.`, ...(path !== undefined && { path }) }
  }
  const located = resource === undefined ? undefined : context.locator.api(resource)
  const isApiScope = context.locator.scope(scope)?.path.startsWith('apiScopes') ?? false
  if (!isApiScope || located === undefined) {
    return { change: `Ask for another token without resource: ${scope} belongs to none.` }
  }
  const path = `${located.path}.scopes`
  return {
    change: `Ask for another token for a resource that lists ${scope}, or add it to ${path}.`,
    path,
  }
}
