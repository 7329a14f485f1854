import { isSigningAlgorithm } from '@bailiwick/protocol'
import type { ResourceDefinitions } from '@bailiwick/protocol'
import type { AuthorizationServerOptions, Client, Grant } from '../../src/index.js'
import { sha256 } from '../../src/index.js'
import { issuer, now, signingKeys } from '../support/server.js'
import type { CaseConfig, CaseResource } from './cases.js'

const standard: readonly string[] = ['openid', 'profile', 'email', 'phone', 'address']

const withName = (entry: string | CaseResource): CaseResource =>
  typeof entry === 'string' ? { name: entry } : entry

/** Definitions as a case states them, with what it leaves to the imagination filled in. */
export function definitionsOf(config: CaseConfig): ResourceDefinitions {
  return {
    identityResources: (config.identityResources ?? []).map(withName).map((entry) => ({
      userClaims: [standard.includes(entry.name) ? 'sub' : 'a_claim'],
      ...entry,
    })),
    apiScopes: (config.apiScopes ?? []).map(withName),
    apiResources: (config.apiResources ?? []).map(withName),
  }
}

/** Grants that a case's client may use and we offer; `custom` ones are defined by the application. */
const customGrants: readonly Grant[] = ['custom', 'custom.nosubject'].map((grantType) => ({
  grantType,
  validate: async ({ parameters }) => ({
    ...(grantType === 'custom' && { user: { subject: 'bob' } }),
    scopes: parameters.get('scope')?.split(' '),
  }),
}))

export function optionsOf(
  config: CaseConfig,
  { defaultGrants }: { readonly defaultGrants: readonly Grant[] },
): AuthorizationServerOptions {
  const resources = definitionsOf(config)
  const grants = [...defaultGrants, ...customGrants]
  const offered = grants.map(({ grantType }) => grantType)
  const everyScope = [...(resources.identityResources ?? []), ...(resources.apiScopes ?? [])].map(
    (entry) => (typeof entry === 'string' ? entry : entry.name),
  )
  const {
    id = 'client',
    grants: allowed = offered,
    allowedScopes = everyScope,
  } = config.client ?? {}
  const client: Client = {
    clientId: id,
    clientSecrets: [{ value: sha256('secret') }],
    allowedGrantTypes: allowed.filter((grantType) => offered.includes(grantType)),
    allowedScopes,
    allowOfflineAccess: config.client?.allowOfflineAccess ?? false,
  }
  return {
    issuer,
    resources,
    clients: [client],
    grants,
    signingKeys:
      config.keys === undefined
        ? signingKeys
        : signingKeys.filter(({ alg }) => isSigningAlgorithm(alg) && config.keys?.includes(alg)),
    now: () => now,
  }
}
