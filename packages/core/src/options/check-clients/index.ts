import type { ConfigurationProblem, ResourceDefinitions } from '@bailiwick/protocol'
import type { Client } from '../../stores/client-store.js'
import { checkAllowedResources } from './check-allowed-resources.js'
import { checkAllowedScopes } from './check-allowed-scopes.js'
import { checkAuthentication } from './check-authentication.js'
import { checkClaims } from './check-claims.js'
import { checkClientIds } from './check-client-ids.js'
import { checkGrantTypes } from './check-grant-types.js'
import { checkLifetimes } from './check-lifetimes.js'
import type { ClientCheck, KnownNames } from './client-check.js'

const checks: readonly ClientCheck[] = [
  checkGrantTypes,
  checkAuthentication,
  checkAllowedScopes,
  checkAllowedResources,
  checkClaims,
  checkLifetimes,
]

const namesOf = (
  entries: readonly (string | { readonly name: string })[] = [],
): readonly string[] => entries.map((entry) => (typeof entry === 'string' ? entry : entry.name))

/** Finds everything that is wrong with clients, each with its path and what to do. */
export function checkClients(
  clients: readonly Client[],
  { identityResources, apiScopes, apiResources }: ResourceDefinitions,
  grantTypes: readonly string[],
): readonly ConfigurationProblem[] {
  const known: KnownNames = {
    scopes: new Set([...namesOf(identityResources), ...namesOf(apiScopes)]),
    apiResources: new Set(namesOf(apiResources)),
    grantTypes: new Set(grantTypes),
  }
  return [
    ...checkClientIds(clients),
    ...clients.flatMap((client, index) =>
      checks.flatMap((check) => check(client, `clients[${index}]`, known)),
    ),
  ]
}
