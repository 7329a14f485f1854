import type {
  AvailableAlgorithms,
  ConfigurationProblem,
  ResourceDefinitions,
} from '@bailiwick/protocol'
import type { Client } from '../../stores/client.js'
import { checkAllowedResources } from './check-allowed-resources.js'
import { checkAllowedScopes } from './check-allowed-scopes.js'
import { checkAuthentication } from './check-authentication.js'
import { checkChoices } from './check-choices.js'
import { checkClaims } from './check-claims.js'
import { checkClientIds } from './check-client-ids.js'
import { checkCorsOrigins } from './check-cors-origins.js'
import { checkDefaultScopes } from './check-default-scopes.js'
import { checkGrantTypes } from './check-grant-types.js'
import { checkLifetimes } from './check-lifetimes.js'
import { checkPkce } from './check-pkce.js'
import { checkRedirectUris } from './check-redirect-uris.js'
import { checkSigningAlgorithms } from './check-signing-algorithms.js'
import { checkUrls } from './check-urls.js'
import type { ClientCheck, KnownNames } from './client-check.js'

const checks: readonly ClientCheck[] = [
  checkChoices,
  checkGrantTypes,
  checkAuthentication,
  checkPkce,
  checkRedirectUris,
  checkCorsOrigins,
  checkUrls,
  checkAllowedScopes,
  checkDefaultScopes,
  checkAllowedResources,
  checkClaims,
  checkSigningAlgorithms,
  checkLifetimes,
]

const namesOf = (
  entries: readonly (string | { readonly name: string })[] = [],
): readonly string[] => entries.map((entry) => (typeof entry === 'string' ? entry : entry.name))

/** What a server offers to clients. */
export interface Offer extends AvailableAlgorithms {
  readonly grantTypes: readonly string[]
}

/** Finds everything that is wrong with clients, each with its path and what to do. */
export function checkClients(
  clients: readonly Client[],
  { identityResources, apiScopes, apiResources }: ResourceDefinitions,
  { grantTypes, algorithms }: Offer,
): readonly ConfigurationProblem[] {
  const known: KnownNames = {
    scopes: new Set([...namesOf(identityResources), ...namesOf(apiScopes)]),
    apiResources: new Set(namesOf(apiResources)),
    grantTypes: new Set(grantTypes),
    algorithms,
  }
  return [
    ...checkClientIds(clients),
    ...clients.flatMap((client, index) =>
      checks.flatMap((check) => check(client, `clients[${index}]`, known)),
    ),
  ]
}
