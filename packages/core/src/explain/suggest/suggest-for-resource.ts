import type { ApiResource } from '@bailiwick/protocol'
import type { ResourceRefused } from '../../decision.js'
import { atClient, enumerate } from '../describe/description.js'
import type { DescriptionContext } from '../describe/description.js'
import type { Located } from '../locator.js'
import { nearest } from './nearest.js'
import { isAllowed } from './suggest-for-scopes.js'
import type { Change } from './suggestion.js'

function declareIt(resource: string, { locator }: DescriptionContext): Change {
  const { apiResources = [] } = locator.configuration.resources
  const names = apiResources.map(({ name }) => name)
  // Who writes a bare name may well mean the URN.
  const similar = nearest(resource, names) ?? nearest(`urn:${resource}`, names)
  return similar === undefined
    ? { change: `Declare it: add '${resource}' to apiResources.`, path: 'apiResources' }
    : { change: `Send resource=${similar} instead.` }
}

/** What a request sends besides a scope, so that it leads to an isolated API. */
const namingIt = ({ name, requireResourceIndicator = false }: ApiResource): string =>
  requireResourceIndicator ? ` and resource=${name}` : ''

/** The client may have tokens for the API, which lists none of the scopes that are asked for. */
function askForItsScopes(
  { entry, path }: Located<ApiResource>,
  [requested = 'a scope']: readonly string[],
  context: DescriptionContext,
): Change {
  const { scopes = [] } = entry
  const open = scopes.filter((scope) => isAllowed(scope, context))
  if (open.length > 0) {
    const sent = open.length === 1 ? `the scope ${open.join()}` : `one of ${enumerate(open)}`
    return { change: `Send ${sent}${namingIt(entry)}.` }
  }
  const [first] = scopes
  if (first === undefined) {
    return { change: `Add ${requested} to ${path}.scopes.`, path: `${path}.scopes` }
  }
  const allowedScopes = atClient(context, 'allowedScopes')
  return {
    change: `Add '${first}' to ${allowedScopes}, and send the scope ${first}${namingIt(entry)}.`,
    path: allowedScopes,
  }
}

/** The smallest change that makes an API one that a request leads to. */
export function suggestForResource(
  resource: string,
  requested: readonly string[],
  context: DescriptionContext,
): Change {
  const { clientId, locator } = context
  const located = locator.api(resource)
  if (located === undefined) return declareIt(resource, context)
  if (located.entry.enabled === false) {
    const path = `${located.path}.enabled`
    return { change: `Remove enabled: false from ${located.path}.`, path }
  }
  if (locator.client(clientId)?.entry.allowedResources?.includes(resource) === false) {
    const path = atClient(context, 'allowedResources')
    return { change: `Add '${resource}' to ${path}.`, path }
  }
  return askForItsScopes(located, requested, context)
}

/** A resource that is no URI can never be named, whatever it is called. */
function nameItWell(resource: string, context: DescriptionContext): Change {
  const located = context.locator.api(resource)
  if (located === undefined) return declareIt(resource, context)
  const path = `${located.path}.name`
  return { change: `Change ${path} to an absolute URI, urn:${resource} for instance.`, path }
}

/** The smallest change that makes a resource one that a request may name. */
export function suggestForRefused(
  { resource, reason }: ResourceRefused,
  requested: readonly string[],
  context: DescriptionContext,
): Change {
  if (reason === 'malformed') return nameItWell(resource, context)
  if (reason === 'no_scope') return suggestForResource(resource, requested, context)
  return { change: `Send resource=${resource} in the authorization request too.` }
}
