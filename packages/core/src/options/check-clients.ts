import { checkSecrets, isProtocolClaim } from '@bailiwick/protocol'
import type { ConfigurationProblem, ResourceDefinitions } from '@bailiwick/protocol'
import type { Client } from '../stores/client-store.js'
import { clientDefaults } from './register-client.js'

/** What the entries of a client may refer to. */
interface KnownNames {
  readonly scopes: ReadonlySet<string>
  readonly apiResources: ReadonlySet<string>
  readonly grantTypes: ReadonlySet<string>
}

type Check = (client: Client, path: string, known: KnownNames) => readonly ConfigurationProblem[]

const problem = (path: string, message: string): ConfigurationProblem => ({ path, message })

const checkScopes: Check = ({ allowedScopes = [] }, path, { scopes }) =>
  allowedScopes.flatMap((scope, index) => {
    if (scopes.has(scope)) return []
    const remedy =
      scope === 'offline_access'
        ? 'set allowOfflineAccess instead'
        : 'declare it as an identity resource or API scope, or remove it'
    return [problem(`${path}.allowedScopes[${index}]`, `'${scope}' is unknown: ${remedy}`)]
  })

const checkApiResources: Check = ({ allowedResources = [] }, path, { apiResources }) =>
  allowedResources.flatMap((name, index) =>
    apiResources.has(name)
      ? []
      : [
          problem(
            `${path}.allowedResources[${index}]`,
            `'${name}' is no API resource: declare or remove it`,
          ),
        ],
  )

const checkGrantTypes: Check = ({ allowedGrantTypes }, path, { grantTypes }) =>
  allowedGrantTypes.flatMap((grantType, index) =>
    grantTypes.has(grantType)
      ? []
      : [
          problem(
            `${path}.allowedGrantTypes[${index}]`,
            `'${grantType}' is not supported: use one of ${[...grantTypes].join(', ')}`,
          ),
        ],
  )

const checkAuthentication: Check = (
  { clientSecrets = [], requireClientSecret = true, allowedGrantTypes },
  path,
) => {
  if (requireClientSecret && clientSecrets.length === 0) {
    return [
      problem(
        `${path}.clientSecrets`,
        'the client has no secret: add one, or set requireClientSecret to false for a public client',
      ),
    ]
  }
  if (!requireClientSecret && allowedGrantTypes.includes('client_credentials')) {
    return [
      problem(
        `${path}.requireClientSecret`,
        'client_credentials is for clients that authenticate (RFC 6749 section 4.4): remove this or the grant',
      ),
    ]
  }
  return checkSecrets(clientSecrets, `${path}.clientSecrets`)
}

const checkClaims: Check = (
  { claims = {}, clientClaimsPrefix = clientDefaults.clientClaimsPrefix },
  path,
) =>
  Object.keys(claims).flatMap((name) =>
    isProtocolClaim(clientClaimsPrefix + name)
      ? [
          problem(
            `${path}.claims.${name}`,
            `'${clientClaimsPrefix}${name}' is a claim that only the server sets: rename it`,
          ),
        ]
      : [],
  )

const checkLifetime: Check = ({ accessTokenLifetime = 1 }, path) =>
  Number.isSafeInteger(accessTokenLifetime) && accessTokenLifetime > 0
    ? []
    : [problem(`${path}.accessTokenLifetime`, 'a lifetime is a whole number of seconds above 0')]

const checks: readonly Check[] = [
  checkGrantTypes,
  checkAuthentication,
  checkScopes,
  checkApiResources,
  checkClaims,
  checkLifetime,
]

function checkClientIds(clients: readonly Client[]): readonly ConfigurationProblem[] {
  const ids = clients.map(({ clientId }) => clientId)
  return ids.flatMap((id, index) => {
    const path = `clients[${index}].clientId`
    if (typeof id !== 'string' || id === '') return [problem(path, 'a client needs an id')]
    const first = ids.indexOf(id)
    if (first === index) return []
    return [problem(path, `'${id}' is already the id of clients[${first}]: rename one`)]
  })
}

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
