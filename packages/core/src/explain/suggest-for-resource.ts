import type { ApiResource } from '@bailiwick/protocol'
import type { DescriptionContext } from './describe-decision.js'
import type { Located, Locator } from './locator.js'
import { nearest } from './nearest.js'
import type { Change } from './suggestion.js'

function declareIt(resource: string, { configuration }: Locator): Change {
  const { apiResources = [] } = configuration.resources
  const names = apiResources.map(({ name }) => name)
  const similar = nearest(resource, names)
  return similar === undefined
    ? { change: `Declare it: add '${resource}' to apiResources.`, path: 'apiResources' }
    : { change: `Send resource=${similar} instead, or declare '${resource}' in apiResources.` }
}

/** The client may name the resource, which lists none of the scopes that are asked for. */
function askForItsScopes(
  { entry: { name, scopes = [] }, path }: Located<ApiResource>,
  allowed: readonly string[],
  requested: readonly string[],
): Change {
  const open = scopes.filter((scope) => allowed.includes(scope))
  if (open.length > 0) return { change: `Ask for one of its scopes too: ${open.join(', ')}.` }
  const [first = 'a scope that the client asks for'] = requested
  return {
    change: `Add ${first} to ${path}.scopes, so that it leads to ${name}.`,
    path: `${path}.scopes`,
  }
}

/** The smallest change that makes a resource one that a request may name. */
export function suggestForResource(
  resource: string,
  requested: readonly string[],
  { clientId, locator }: DescriptionContext,
): Change {
  const located = locator.api(resource)
  if (located === undefined) return declareIt(resource, locator)
  if (located.entry.enabled === false) {
    return {
      change: `Remove enabled: false from ${located.path}.`,
      path: `${located.path}.enabled`,
    }
  }
  const client = locator.client(clientId)
  if (client?.entry.allowedResources?.includes(resource) === false) {
    const path = `${client.path}.allowedResources`
    return { change: `Add '${resource}' to ${path}.`, path }
  }
  return askForItsScopes(located, client?.entry.allowedScopes ?? [], requested)
}
