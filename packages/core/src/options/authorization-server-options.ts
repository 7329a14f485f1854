import type {
  ApiResourceName,
  ResourceDefinitions,
  ScopeName,
  SigningAlgorithm,
} from '@bailiwick/protocol'
import type { LoginThrottle } from '../authorization/login-throttle.js'
import type { ClientAuthenticationMethod } from '../client-authentication/method.js'
import type { CompatibilityName } from '../compatibility.js'
import type { EndpointPaths } from '../endpoint-paths.js'
import type { ServerEvent } from '../events.js'
import type { Grant } from '../grants/grant.js'
import type { Signer } from '../keys/signer.js'
import type { SigningKeyJwk } from '../keys/signing-keys.js'
import type { Pages } from '../pages.js'
import type { Client } from '../stores/client.js'
import type { ProfileService } from '../stores/profile-service.js'
import type { ScopeParser } from '../stores/scope-parser.js'
import type { Store } from '../stores/store.js'
import type { KeyManagementOptions } from './key-management-options.js'

/** How long users stay signed in. */
export interface SessionOptions {
  /**
   * Seconds after signing in, whatever the user does.
   *
   * @defaultValue `36000`, 10 hours
   */
  readonly absoluteLifetime?: number
  /**
   * Seconds after the last request of the browser.
   *
   * @defaultValue `7200`, 2 hours
   */
  readonly idleLifetime?: number
}

/** Options of `createAuthorizationServer`. */
export interface AuthorizationServerOptions<
  Definitions extends ResourceDefinitions = ResourceDefinitions,
> {
  /**
   * Who issues the tokens: an https URL without query and fragment (RFC 8414 section 2). Plain http is accepted for
   * loopback addresses. All other URLs of the server begin with it, whatever a request says.
   */
  readonly issuer: string
  /**
   * What can be requested: identity resources, API scopes and API resources. `defineResources` declares them for the
   * server and for APIs at once, with their names as types.
   */
  readonly resources: Definitions
  /** Who may request it. */
  readonly clients: readonly Client<
    ScopeName<NoInfer<Definitions>>,
    ApiResourceName<NoInfer<Definitions>>
  >[]
  /**
   * Knows the claims of users, and whether they may still sign in.
   *
   * @defaultValue a service that has none, and lets everybody in
   */
  readonly profile?: ProfileService
  /**
   * Keys to sign with, the first of them by default: private JWKs with `alg`, or signers whose keys are held elsewhere.
   *
   * @defaultValue `[]`, keys that the server makes, keeps in the store and replaces in time
   */
  readonly signingKeys?: readonly (SigningKeyJwk | Signer)[]
  /**
   * How the keys live that the server makes itself.
   *
   * @defaultValue `{}`
   */
  readonly keyManagement?: KeyManagementOptions
  /**
   * With which to encrypt what the store keeps, private keys above all: 32 random bytes each, in base64 or base64url. The
   * first encrypts, all decrypt. They are needed where no `signingKeys` are given, except for loopback addresses.
   *
   * @defaultValue `[]`
   */
  readonly dataKeys?: readonly string[]
  /**
   * With which algorithm to sign for APIs that do not choose one, where no `signingKeys` are given.
   *
   * @defaultValue `'RS256'`
   */
  readonly defaultSigningAlgorithm?: SigningAlgorithm
  /**
   * Adds `{issuer}/resources` to every audience.
   *
   * @defaultValue `false`
   */
  readonly emitStaticAudienceClaim?: boolean
  /**
   * Whose tokens to issue where IdentityServer's differ from ours: `'duende'` is for people who move from there.
   *
   * @defaultValue `'strict'`
   */
  readonly compatibility?: CompatibilityName
  /**
   * Takes scope values apart before they are looked up: which declared scope a value stands for, and with which
   * parameter.
   *
   * @defaultValue a parser that knows plain scopes and those that declare a `parameter`
   */
  readonly scopeParser?: ScopeParser
  /**
   * The grants to offer. Add your own with `[...defaultGrants, mine]`.
   *
   * @defaultValue `defaultGrants`
   */
  readonly grants?: readonly Grant[]
  /**
   * The ways in which clients may authenticate.
   *
   * @defaultValue `defaultClientAuthenticationMethods`
   */
  readonly clientAuthenticationMethods?: readonly ClientAuthenticationMethod[]
  /**
   * Keeps everything that lives longer than a request. Share one between processes that are to act as one server.
   *
   * @defaultValue `createMemoryStore()`, which forgets everything when the process ends
   */
  readonly store?: Store
  /**
   * Where the pages are on which users sign in and consent: a URL, or a path below the issuer. A slash and the id of
   * the interaction are appended.
   *
   * @defaultValue `'/interaction'`, where `@bailiwick/ui` listens
   */
  readonly interactionUrl?: string
  /**
   * How many seconds a user may take to sign in and consent.
   *
   * @defaultValue `3600`
   */
  readonly interactionLifetime?: number
  /**
   * For how many seconds APIs may keep what the introspection endpoint told them of a token. That is how late they may
   * learn that it was revoked; `0` has them ask each time.
   *
   * @defaultValue `60`
   */
  readonly introspectionMaxAge?: number
  /**
   * How long users stay signed in.
   *
   * @defaultValue `{}`
   */
  readonly session?: SessionOptions
  /**
   * Limits how often somebody may try to sign in.
   *
   * @defaultValue `createLoginThrottle()` with the store of this server
   */
  readonly loginThrottle?: LoginThrottle
  /**
   * The pages that the server answers with itself.
   *
   * @defaultValue `{}`, pages without any style; `@bailiwick/ui` has better ones
   */
  readonly pages?: Partial<Pages>
  /**
   * Other paths for the endpoints, below the issuer.
   *
   * @defaultValue `{}`
   */
  readonly paths?: EndpointPaths
  /**
   * Told what happens, for logs and metrics. What it throws is reported as a process warning and changes nothing.
   *
   * @defaultValue nobody is told
   */
  readonly onEvent?: (event: ServerEvent) => void
  /**
   * Makes requests to clients, to tell them that a session has ended.
   *
   * @defaultValue `globalThis.fetch`
   */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  /**
   * Lets so many seconds pass: before a client that could not be told of a logout is told again, which it ends by
   * rejecting, and while the store is asked for newer keys.
   *
   * @defaultValue a timer that does not keep the process from ending
   */
  readonly wait?: (seconds: number) => Promise<void>
  /**
   * The clock, in seconds since the epoch.
   *
   * @defaultValue the clock of the machine
   */
  readonly now?: () => number
  /**
   * Makes identifiers that nobody can guess.
   *
   * @defaultValue random UUIDs
   */
  readonly randomId?: () => string
}
