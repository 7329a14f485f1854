import type { Compatibility } from './compatibility.js'
import type { Report } from './decision.js'
import type { EndpointPaths } from './endpoint-paths.js'
import type { ServerEvent } from './events.js'
import type { TokenSigner } from './keys/token-signer.js'
import type { Pages } from './pages.js'
import type { ClientStore } from './stores/client-store.js'
import type { ProfileService } from './stores/profile-service.js'
import type { ResourceIndex } from './stores/resource-index.js'
import type { ScopeParser } from './stores/scope-parser.js'
import type { Store } from './stores/store.js'

/** How long a user stays signed in, in seconds. */
export interface SessionPolicy {
  /** After signing in, whatever the user does. */
  readonly absoluteLifetime: number
  /** After the last request of the browser. */
  readonly idleLifetime: number
}

/** What every stage may use: options after defaults were applied, and nothing that belongs to one request. */
export interface ServerContext {
  readonly issuer: string
  readonly clients: ClientStore
  readonly resources: ResourceIndex
  readonly store: Store
  readonly scopeParser: ScopeParser
  readonly profile: ProfileService
  readonly signer: TokenSigner
  readonly pages: Pages
  readonly paths: Required<EndpointPaths>
  readonly session: SessionPolicy
  /** Seconds that a user may take to sign in and consent. */
  readonly interactionLifetime: number
  /** The most seconds for which an API may keep what it is told of a token; `0`: not at all. */
  readonly introspectionMaxAge: number
  /** Where the pages are on which users sign in and consent: the id of the interaction is appended. */
  readonly interactionUrl: string
  readonly compatibility: Compatibility
  readonly emitStaticAudienceClaim: boolean
  /** Seconds since the epoch. */
  readonly now: () => number
  /** A new identifier that nobody can guess. */
  readonly randomId: () => string
  /** Makes requests to clients. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Lets so many seconds pass. It rejects when nobody is to wait any longer. */
  readonly wait: (seconds: number) => Promise<void>
  /** Tells `onEvent` what happened. */
  readonly emit: (event: ServerEvent) => void
  /** Is told of the decisions on the way to a token by those who make them. Absent: nobody asked. */
  readonly report?: Report
}
