import { randomUUID } from 'node:crypto'
import { emitWarning } from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { checkResources, ConfigurationError, signingAlgorithms } from '@bailiwick/protocol'
import type {
  ConfigurationProblem,
  ResourceDefinitions,
  SigningAlgorithm,
} from '@bailiwick/protocol'
import { createLoginThrottle } from './authorization/create-login-throttle.js'
import type { LoginThrottle } from './authorization/login-throttle.js'
import { defaultClientAuthenticationMethods } from './client-authentication/index.js'
import { compatibilities } from './compatibility.js'
import type { ServerContext, SessionPolicy } from './context.js'
import type { EndpointPaths } from './endpoint-paths.js'
import type { EndpointOptions } from './endpoints/index.js'
import { defaultGrants } from './grants/index.js'
import { defaultPages } from './http/default-pages.js'
import { urlBelow } from './issuer-url.js'
import { checkSigningKeys, generateSigningKey } from './keys/signing-keys.js'
import type { SigningKeyJwk } from './keys/signing-keys.js'
import { createTokenSigner } from './keys/token-signer.js'
import { createMemoryStore } from './memory/create-memory-store.js'
import { sweepingStore } from './memory/sweeping-store.js'
import type { AuthorizationServerOptions } from './options/authorization-server-options.js'
import { checkClients } from './options/check-clients/index.js'
import { checkInteraction } from './options/check-interaction.js'
import { checkIssuer } from './options/check-issuer.js'
import { checkPaths } from './options/check-paths.js'
import { checkSession } from './options/check-session.js'
import { problemAt } from './options/problem-at.js'
import { registerClient } from './options/register-client.js'
import { secondsFault } from './options/seconds-fault.js'
import { createResourceIndex } from './resources/create-resource-index.js'
import { createScopeParser } from './resources/create-scope-parser.js'
import { settlingStore } from './settling-store.js'
import type { ClientStore } from './stores/client-store.js'

/** Every default of the server's options. Those of clients stand beside them, in options/register-client.ts. */
const defaults = {
  profile: { claims: async () => ({}) },
  signingKeys: [],
  defaultSigningAlgorithm: 'RS256',
  emitStaticAudienceClaim: false,
  compatibility: 'strict',
  grants: defaultGrants,
  clientAuthenticationMethods: defaultClientAuthenticationMethods,
  paths: {},
  pages: {},
  session: {},
  interactionUrl: '/interaction',
  interactionLifetime: 3600,
  introspectionMaxAge: 60,
  fetch: (url, init) => globalThis.fetch(url, init),
  wait: (seconds) => setTimeout(seconds * 1000, undefined, { ref: false }),
  onEvent: () => undefined,
  now: () => Math.floor(Date.now() / 1000),
  randomId: randomUUID,
} as const satisfies Partial<AuthorizationServerOptions>

const defaultSession = {
  absoluteLifetime: 36_000,
  idleLifetime: 7200,
} as const satisfies SessionPolicy

const defaultPaths = {
  authorize: '/authorize',
  resume: '/resume',
  token: '/token',
  userinfo: '/userinfo',
  introspect: '/introspect',
  revoke: '/revoke',
  endSession: '/end_session',
  jwks: '/.well-known/jwks.json',
} as const satisfies Required<EndpointPaths>

type Settings = AuthorizationServerOptions &
  Required<Pick<AuthorizationServerOptions, keyof typeof defaults>>

/** Options with defaults applied, split by who needs them. */
export interface ResolvedOptions {
  readonly context: ServerContext
  readonly endpointOptions: EndpointOptions
  readonly loginThrottle: LoginThrottle
}

/** The members that are given. A JavaScript caller's explicit `undefined` means the default too. */
const given = <Options extends object>(options: Options): Options =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only members that may be absent are left out
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options

const settle = (options: AuthorizationServerOptions): Settings => ({
  ...defaults,
  ...given(options),
})

const pathsOf = (paths: EndpointPaths): Required<EndpointPaths> => ({
  ...defaultPaths,
  ...given(paths),
})

/**
 * Finds everything that is wrong with options, each with its path and what to do, without making a server.
 * `createAuthorizationServer` throws the same as a `ConfigurationError`.
 */
export function checkOptions(options: AuthorizationServerOptions): readonly ConfigurationProblem[] {
  const settings = settle(options)
  const { issuer, resources, clients, signingKeys, grants, paths, session } = settings
  const algorithms =
    signingKeys.length === 0 ? signingAlgorithms : signingKeys.map(({ alg }) => alg)
  const grantTypes = grants.map(({ grantType }) => grantType)
  return [
    ...checkIssuer(issuer),
    ...checkPaths(pathsOf(paths)),
    ...checkInteraction(settings),
    ...checkSession(session, defaultSession),
    ...problemAt('introspectionMaxAge', secondsFault(settings.introspectionMaxAge, { least: 0 })),
    ...checkSigningKeys(signingKeys),
    ...checkResources(resources, { algorithms }),
    ...checkClients(clients, resources, { grantTypes, algorithms }),
  ]
}

/** The algorithms that API resources and clients ask for. */
const askedAlgorithms = ({
  resources: { apiResources = [] },
  clients,
}: Settings): ReadonlySet<SigningAlgorithm> =>
  new Set([
    ...apiResources.flatMap((resource) => resource.allowedAccessTokenSigningAlgorithms ?? []),
    ...clients.flatMap((client) => client.allowedIdentityTokenSigningAlgorithms ?? []),
  ])

/** The configured keys, or else one for the default algorithm and for each that somebody asks for. */
function keysOf(settings: Settings): readonly [SigningKeyJwk, ...SigningKeyJwk[]] {
  const { signingKeys, defaultSigningAlgorithm } = settings
  const [first, ...others] = signingKeys
  if (first !== undefined) return [first, ...others]
  const further = [...askedAlgorithms(settings)].filter(
    (algorithm) => algorithm !== defaultSigningAlgorithm,
  )
  return [generateSigningKey(defaultSigningAlgorithm), ...further.map(generateSigningKey)]
}

function clientStore({ clients }: Settings): ClientStore {
  const enabled = clients.filter((client) => client.enabled ?? true).map(registerClient)
  const clientById = new Map(enabled.map((client) => [client.clientId, client]))
  const corsOrigins = new Set(enabled.flatMap((client) => [...client.allowedCorsOrigins]))
  return {
    find: async (clientId) => clientById.get(clientId),
    hasCorsOrigin: async (origin) => corsOrigins.has(origin),
  }
}

function safely(onEvent: Settings['onEvent']): ServerContext['emit'] {
  return (event) => {
    try {
      onEvent(event)
    } catch (error) {
      emitWarning(error instanceof Error ? error : String(error))
    }
  }
}

/** Checks options once, at start-up, and applies defaults. */
export function resolveOptions<Definitions extends ResourceDefinitions>(
  options: AuthorizationServerOptions<Definitions>,
): ResolvedOptions {
  const problems = checkOptions(options)
  if (problems.length > 0) throw new ConfigurationError(problems)
  const settings = settle(options)
  const { issuer, grants, clientAuthenticationMethods, interactionUrl, now } = settings
  const resources = createResourceIndex(settings.resources)
  const store = sweepingStore(settlingStore(settings.store ?? createMemoryStore({ now })), now)
  return {
    loginThrottle: settings.loginThrottle ?? createLoginThrottle({ store, now }),
    endpointOptions: {
      grants,
      clientAuthenticationMethods,
    },
    context: {
      issuer,
      store,
      pages: { ...defaultPages, ...given(settings.pages) },
      paths: pathsOf(settings.paths),
      session: { ...defaultSession, ...given(settings.session) },
      interactionUrl: interactionUrl.startsWith('/')
        ? urlBelow(issuer, interactionUrl)
        : interactionUrl,
      interactionLifetime: settings.interactionLifetime,
      introspectionMaxAge: settings.introspectionMaxAge,
      fetch: settings.fetch,
      wait: settings.wait,
      clients: clientStore(settings),
      resources,
      scopeParser: settings.scopeParser ?? createScopeParser(resources),
      profile: settings.profile,
      signer: createTokenSigner(keysOf(settings)),
      compatibility: compatibilities[settings.compatibility],
      emitStaticAudienceClaim: settings.emitStaticAudienceClaim,
      now,
      randomId: settings.randomId,
      emit: safely(settings.onEvent),
    },
  }
}
