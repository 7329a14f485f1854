import { isSigningAlgorithm, standardIdentityResources } from '@bailiwick/protocol'
import type { IdentityResource, ResourceDefinitions } from '@bailiwick/protocol'
import type { AuthorizationServerOptions, Client, Grant } from '../../src/index.js'
import { sha256 } from '../../src/index.js'
import { issuer, now, signingKeys } from '../support/server.js'
import type { CaseClient, CaseConfig, CaseResource } from './cases.js'

const standard: Readonly<Record<string, IdentityResource>> = standardIdentityResources

const withName = (entry: string | CaseResource): CaseResource =>
  typeof entry === 'string' ? { name: entry } : entry

/** Definitions as a case states them, with what it leaves to the imagination filled in. */
export function definitionsOf(config: CaseConfig): ResourceDefinitions {
  const apiResources = (config.apiResources ?? []).map(withName)
  const listed = new Set(apiResources.flatMap(({ scopes = [] }) => scopes))
  return {
    identityResources: (config.identityResources ?? []).map(withName).map((entry) => ({
      ...(standard[entry.name] ?? { userClaims: ['a_claim'] }),
      ...entry,
    })),
    apiScopes: (config.apiScopes ?? [...listed]).map(withName),
    apiResources,
  }
}

/** Grants that a case's client may use and we offer; `custom` ones are defined by the application. */
const customGrants: readonly Grant[] = ['custom', 'custom.nosubject'].map((grantType) => ({
  grantType,
  validate: async ({ parameters }) => {
    const claim = parameters.get('extra_claim')
    const user = {
      subject: 'bob',
      authTime: now,
      amr: ['custom'],
      identityProvider: 'local',
      ...(claim !== undefined && { claims: { extra_claim: claim } }),
    }
    return {
      ...(grantType === 'custom' && { user }),
      scopes: parameters.get('scope')?.split(' '),
    }
  },
}))

/**
 * What we offer in place of grants that we do not: for flows through the front channel the code, and for the password
 * grant `custom`, which signs bob in with the scopes and the resource of the request.
 */
const counterparts: Readonly<Record<string, string>> = {
  implicit: 'authorization_code',
  password: 'custom',
}

/** The grant types of a client. In IdentityServer refresh tokens are no grant type: they come with offline access. */
const grantTypesOf = ({ grants = [], allowOfflineAccess = false }: CaseClient) => [
  ...grants.map((grantType) => counterparts[grantType] ?? grantType),
  ...(allowOfflineAccess ? ['refresh_token'] : []),
]

const usages = { OneTimeOnly: 'oneTimeOnly', ReUse: 'reUse' } as const

const isUsage = (name: string): name is keyof typeof usages => Object.hasOwn(usages, name)

function refreshTokenOptionsOf({
  refreshTokenUsage = 'ReUse',
  usage = refreshTokenUsage,
  expiration = 'Absolute',
  absolute,
  sliding,
}: CaseClient): Partial<Client> {
  if (!isUsage(usage)) throw new Error(`no refresh token usage '${usage}'`)
  return {
    refreshTokenUsage: usages[usage],
    refreshTokenExpiration: expiration === 'Sliding' ? 'sliding' : 'absolute',
    ...(absolute !== undefined && { absoluteRefreshTokenLifetime: absolute }),
    ...(sliding !== undefined && { slidingRefreshTokenLifetime: sliding }),
  }
}

/** The redirect URI of a client whose case names none. */
const redirectUri = 'https://server/cb'

const idOf = ({ id = 'client' }: CaseClient = {}): string => id

/** The identifier and the redirect URI of the client of a case. */
export const clientOf = ({ client }: CaseConfig) => ({
  clientId: idOf(client),
  redirectUri: client?.redirectUris?.[0] ?? redirectUri,
})

function toClient(client: CaseClient, offered: readonly string[], everyScope: readonly string[]) {
  const allowed = client.grants === undefined ? offered : grantTypesOf(client)
  return {
    clientId: idOf(client),
    clientSecrets: [{ value: sha256('secret') }],
    allowedGrantTypes: allowed.filter((grantType) => offered.includes(grantType)),
    redirectUris: client.redirectUris ?? [redirectUri],
    allowedScopes: client.allowedScopes ?? everyScope,
    allowOfflineAccess: client.allowOfflineAccess ?? false,
    requirePkce: client.requirePkce ?? false,
    requireConsent: client.requireConsent ?? false,
    allowRememberConsent: client.allowRememberConsent ?? true,
    alwaysIncludeUserClaimsInIdToken: client.alwaysIncludeUserClaimsInIdToken ?? false,
    accessTokenType: client.accessTokenType === 'Reference' ? 'reference' : 'jwt',
    ...(client.consentLifetime !== undefined && { consentLifetime: client.consentLifetime }),
    ...refreshTokenOptionsOf(client),
  } satisfies Client
}

/** The clients of a case: several, or the one that it is about. */
function clientsOf(config: CaseConfig, offered: readonly string[]): readonly Client[] {
  const { identityResources = [], apiScopes = [] } = definitionsOf(config)
  const everyScope = [...identityResources, ...apiScopes].map((entry) =>
    typeof entry === 'string' ? entry : entry.name,
  )
  const { clients = [config.client ?? {}] } = config
  return clients
    .flatMap((client) =>
      idOf(client)
        .split('|')
        .map((id) => ({ ...client, id })),
    )
    .map((client) => toClient(client, offered, everyScope))
}

export function optionsOf(
  config: CaseConfig,
  { defaultGrants }: { readonly defaultGrants: readonly Grant[] },
): AuthorizationServerOptions {
  const grants = [...defaultGrants, ...customGrants]
  return {
    issuer,
    resources: definitionsOf(config),
    clients: clientsOf(
      config,
      grants.map(({ grantType }) => grantType),
    ),
    grants,
    signingKeys:
      config.keys === undefined
        ? signingKeys
        : signingKeys.filter(({ alg }) => isSigningAlgorithm(alg) && config.keys?.includes(alg)),
    now: () => now,
  }
}
