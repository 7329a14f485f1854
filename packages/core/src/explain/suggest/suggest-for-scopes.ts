import type { ScopeDropped, ScopeRefused } from '../../decision.js'
import { sayDropped } from '../describe/describe-scopes.js'
import { clientPath, pathed } from '../describe/description.js'
import type { DescriptionContext } from '../describe/description.js'
import { decisionsOf } from '../outcome.js'
import { groupBy } from './group-by.js'
import { nearest } from './nearest.js'
import type { Change, Suggest } from './suggestion.js'

/** Whether the client of the request may ask for a scope. */
export function isAllowed(scope: string, { clientId, locator }: DescriptionContext): boolean {
  const client = locator.client(clientId)?.entry
  if (scope === 'offline_access') return client?.allowOfflineAccess === true
  return client?.allowedScopes?.includes(locator.scope(scope)?.entry.name ?? scope) === true
}

/** What makes a scope one that there is. */
export function declareScope(scope: string, context: DescriptionContext): Change {
  const located = context.locator.scope(scope)
  if (located !== undefined) {
    const path = `${located.path}.enabled`
    return { change: `Remove enabled: false from ${located.path}.`, path }
  }
  const { apiScopes, identityResources } = context.locator
  const names = [...apiScopes, ...identityResources].map(({ name }) => name)
  const similar = nearest(scope, names)
  if (similar === undefined) {
    return { change: `Declare it: add '${scope}' to apiScopes.`, path: 'apiScopes' }
  }
  if (isAllowed(similar, context)) {
    return { change: `Send ${similar} instead, or declare '${scope}' in apiScopes.` }
  }
  const path = `${clientPath(context)}.allowedScopes`
  return { change: `Send ${similar} instead, and add '${similar}' to ${path}.`, path }
}

/** What makes a client one that may ask for a scope. */
export function allowScope(scope: string, context: DescriptionContext): Change {
  const client = clientPath(context)
  const name = context.locator.scope(scope)?.entry.name ?? scope
  return scope === 'offline_access'
    ? { change: `Set ${client}.allowOfflineAccess to true.`, path: `${client}.allowOfflineAccess` }
    : { change: `Add '${name}' to ${client}.allowedScopes.`, path: `${client}.allowedScopes` }
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
    change: `Send ${scope} with a parameter as its declaration asks for it.`,
    path: `${locator.scope(scope)?.path ?? 'apiScopes'}.parameter`,
  }),
  not_granted: (scope) => ({
    change: `Leave ${scope} out, or ask for it in a new authorization request.`,
  }),
}

/** Another token of the same grant would have it, or another list. */
function leadThere({ scope, resource }: ScopeDropped, { locator }: DescriptionContext): Change {
  const located = resource === undefined ? undefined : locator.api(resource)
  const isApiScope = locator.scope(scope)?.path.startsWith('apiScopes') ?? false
  if (!isApiScope || located === undefined) {
    return { change: 'Ask for another token without resource.' }
  }
  const path = `${located.path}.scopes`
  return {
    change: `Ask for another token for an API that lists ${scope}, or add it to ${path}.`,
    path,
  }
}

/** It was withdrawn: what is to be undone. */
function giveBack({ scope }: ScopeDropped, context: DescriptionContext): Change {
  const located = context.locator.scope(scope)
  const isDeclared = located !== undefined && located.entry.enabled !== false
  const isGone = scope !== 'offline_access' && !isDeclared
  const { change, path } = isGone ? declareScope(scope, context) : allowScope(scope, context)
  return { change, ...pathed(path) }
}

const droppedChanges: Readonly<
  Record<ScopeDropped['reason'], (dropped: ScopeDropped, context: DescriptionContext) => Change>
> = {
  not_listed: leadThere,
  withdrawn: giveBack,
  denied: () => ({ change: 'Ask the user again, and say what it is for.' }),
  not_asked: () => ({ change: 'Send no scope at all with the refresh.' }),
}

/** Finds scopes that were refused. */
export const suggestForRefusedScopes: Suggest = (outcome, context) =>
  decisionsOf(outcome, 'scope_refused').map(({ scope, reason, sentence }) => ({
    missing: { kind: 'scope', names: [scope] },
    because: sentence,
    ...changes[reason](scope, context),
  }))

/** Finds scopes that were granted and are not in the access token. */
export const suggestForDroppedScopes: Suggest = (outcome, context) => {
  const dropped = decisionsOf(outcome, 'scope_dropped').map((decision) => ({
    decision,
    change: droppedChanges[decision.reason](decision, context),
  }))
  const groups = groupBy(dropped, ({ decision: { reason, resource }, change }) => [
    reason,
    resource,
    change,
  ])
  return groups.map((alike) => {
    const [{ decision, change }] = alike
    const names = alike.map(({ decision: { scope } }) => scope)
    return { missing: { kind: 'scope', names }, because: sayDropped(names, decision), ...change }
  })
}
