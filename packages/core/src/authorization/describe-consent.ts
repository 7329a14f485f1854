import type { ServerContext } from '../context.js'
import { knownScope } from './consent-item.js'
import type { ConsentItem } from './consent-item.js'
import type { ConsentApi, ConsentRequest, ConsentScope } from './interaction.js'

type Configuration = Pick<ServerContext, 'scopeParser' | 'resources'>

/** What can be shown of scopes at resources: everything but whether the answer may be remembered. */
export type DescribedConsent = Omit<ConsentRequest, 'mayBeRemembered'>

const offlineAccess: ConsentScope = {
  value: 'offline_access',
  displayName: 'offline_access',
  description: undefined,
  parameter: undefined,
  required: false,
  emphasize: true,
}

function describeScope(value: string, context: Configuration): ConsentScope | undefined {
  const known = knownScope(value, context)
  if (known === undefined) return undefined
  const { scope, entry } = known
  const resource = entry.kind === 'identity' ? entry.identityResource : entry.apiScope
  return {
    value,
    displayName: resource.displayName ?? resource.name,
    description: resource.description,
    parameter: scope.parameter,
    required: resource.required ?? false,
    emphasize: resource.emphasize ?? false,
  }
}

function describeApi(
  name: string | undefined,
  items: readonly ConsentItem[],
  context: Configuration,
): ConsentApi {
  const apiResource = context.resources.apiResources.find((candidate) => candidate.name === name)
  return {
    name,
    displayName: apiResource?.displayName ?? name,
    description: apiResource?.description,
    scopes: items
      .filter(({ resource }) => resource === name)
      .flatMap(({ scope }) => describeScope(scope, context) ?? []),
  }
}

const isIdentityScope = ({ scope }: ConsentItem, context: Configuration): boolean =>
  knownScope(scope, context)?.entry.kind === 'identity'

/** Writes down for a page what somebody allows: "about you", and "access to" by API. */
export function describeConsent(
  items: readonly ConsentItem[],
  context: Configuration,
): DescribedConsent {
  const aboutYou = items.filter((item) => isIdentityScope(item, context))
  const access = items.filter((item) => !isIdentityScope(item, context))
  const names = new Set(access.map(({ resource }) => resource))
  return {
    aboutYou: aboutYou.flatMap(({ scope }) => describeScope(scope, context) ?? []),
    access: [...names]
      .map((name) => describeApi(name, access, context))
      .filter(({ scopes }) => scopes.length > 0),
    offlineAccess: items.some(({ scope }) => scope === 'offline_access')
      ? offlineAccess
      : undefined,
  }
}
