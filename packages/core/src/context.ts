import type { Compatibility } from './compatibility.js'
import type { ServerEvent } from './events.js'
import type { TokenSigner } from './keys/token-signer.js'
import type { ClientStore } from './stores/client-store.js'
import type { ProfileService } from './stores/profile-service.js'
import type { ResourceIndex } from './stores/resource-index.js'
import type { ScopeParser } from './stores/scope-parser.js'

/** What every stage may use: options after defaults were applied, and nothing that belongs to one request. */
export interface ServerContext {
  readonly issuer: string
  readonly clients: ClientStore
  readonly resources: ResourceIndex
  readonly scopeParser: ScopeParser
  readonly profile: ProfileService
  readonly signer: TokenSigner
  readonly compatibility: Compatibility
  readonly emitStaticAudienceClaim: boolean
  /** Seconds since the epoch. */
  readonly now: () => number
  /** A new identifier that nobody can guess. */
  readonly randomId: () => string
  readonly emit: (event: ServerEvent) => void
}
