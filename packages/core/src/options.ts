import { randomUUID } from 'node:crypto'
import { emitWarning } from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { checkResources, ConfigurationError, given, signingAlgorithms } from '@bailiwick/protocol'
import type { ConfigurationProblem, ResourceDefinitions } from '@bailiwick/protocol'
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
import type { KeyManager } from './keys/key-manager.js'
import type { KeyPolicy } from './keys/key-policy.js'
import { checkSigningKeys } from './keys/signing-keys.js'
import { createMemoryStore } from './memory/create-memory-store.js'
import { sweepingStore } from './memory/sweeping-store.js'
import type { AuthorizationServerOptions } from './options/authorization-server-options.js'
import { checkClients } from './options/check-clients/index.js'
import { checkDataKeys } from './options/check-data-keys.js'
import { checkInteraction } from './options/check-interaction.js'
import { checkIssuer } from './options/check-issuer.js'
import { checkKeyManagement } from './options/check-key-management.js'
import { checkPaths } from './options/check-paths.js'
import { checkSession } from './options/check-session.js'
import { createKeys } from './options/create-keys.js'
import { problemAt } from './options/problem-at.js'
import { registerClient } from './options/register-client.js'
import { secondsFault } from './options/seconds-fault.js'
import { createResourceIndex } from './resources/create-resource-index.js'
import { createScopeParser } from './resources/create-scope-parser.js'
import { sealingStore } from './sealing-store.js'
import { settlingStore } from './settling-store.js'
import type { ClientStore } from './stores/client-store.js'
import type { Store } from './stores/store.js'

/** Every default of the server's options. Those of clients stand beside them, in options/register-client.ts. */
export const serverDefaults = {
  profile: { claims: async () => ({}) },
  signingKeys: [],
  defaultSigningAlgorithm: 'RS256',
  keyManagement: {},
  dataKeys: [],
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

/** How long users stay signed in, unless the options say otherwise. */
export const defaultSession = {
  absoluteLifetime: 36_000,
  idleLifetime: 7200,
} as const satisfies SessionPolicy

/** How keys live, unless the options say otherwise. */
export const defaultKeyPolicy = {
  rotationInterval: 7_776_000,
  propagationTime: 1_209_600,
  retentionDuration: 1_209_600,
  cacheDuration: 60,
} as const satisfies KeyPolicy

/** Where the endpoints are, unless the options say otherwise. */
export const defaultPaths = {
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
  Required<Pick<AuthorizationServerOptions, keyof typeof serverDefaults>>

/** Options with defaults applied, split by who needs them. */
export interface ResolvedOptions {
  readonly context: ServerContext
  readonly endpointOptions: EndpointOptions
  readonly loginThrottle: LoginThrottle
  readonly keys: KeyManager
}

const settle = (options: AuthorizationServerOptions): Settings => ({
  ...serverDefaults,
  ...given(options),
})

const pathsOf = (paths: EndpointPaths): Required<EndpointPaths> => ({
  ...defaultPaths,
  ...given(paths),
})

const keyPolicyOf = ({ keyManagement }: Settings): KeyPolicy => ({
  ...defaultKeyPolicy,
  ...given(keyManagement),
})

/**
 * Finds everything that is wrong with options, each with its path and what to do, without making a server.
 * `createAuthorizationServer` throws the same as a `ConfigurationError`.
 */
export function checkOptions(options: AuthorizationServerOptions): readonly ConfigurationProblem[] {
  const settings = settle(options)
  const { issuer, resources, clients, signingKeys, dataKeys, grants, paths, session } = settings
  const keepsKeys = signingKeys.length === 0
  const algorithms = keepsKeys ? signingAlgorithms : signingKeys.map(({ alg }) => alg)
  const grantTypes = grants.map(({ grantType }) => grantType)
  return [
    ...checkIssuer(issuer),
    ...checkPaths(pathsOf(paths)),
    ...checkInteraction(settings),
    ...checkSession(session, defaultSession),
    ...problemAt('introspectionMaxAge', secondsFault(settings.introspectionMaxAge, { least: 0 })),
    ...checkSigningKeys(signingKeys),
    ...checkDataKeys(dataKeys, { issuer, keepsKeys }),
    ...(keepsKeys ? checkKeyManagement(keyPolicyOf(settings), clients) : []),
    ...checkResources(resources, { algorithms }),
    ...checkClients(clients, resources, { grantTypes, algorithms }),
  ]
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

/** The store as the server uses it: encrypted where there are data keys, asked again when an answer got lost, and swept. */
function storeOf({ store, dataKeys, now }: Settings): Store {
  const sealed = sealingStore(store ?? createMemoryStore({ now }), dataKeys)
  return sweepingStore(settlingStore(sealed), now)
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
  const store = storeOf(settings)
  const { wait } = settings
  const emit = safely(settings.onEvent)
  const { signer, keys } = createKeys(settings, keyPolicyOf(settings), { store, now, wait, emit })
  return {
    keys,
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
      wait,
      clients: clientStore(settings),
      resources,
      scopeParser: settings.scopeParser ?? createScopeParser(resources),
      profile: settings.profile,
      signer,
      compatibility: compatibilities[settings.compatibility],
      emitStaticAudienceClaim: settings.emitStaticAudienceClaim,
      now,
      randomId: settings.randomId,
      emit,
    },
  }
}
