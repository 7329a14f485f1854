import { isRecord } from '../is-record.js'
import { ConfigurationError } from '@bailiwick/protocol'
import type { RequestFacts } from '../request-facts.js'
import type { Binding } from '../sender-constraints/prove-binding.js'
import type { Claims } from '../tokens/decode-token.js'
import type { AuthorizationDetail } from '../tokens/read-authorization-details.js'
import type { TokenShape } from '../tokens/token-shape.js'
import type { Unmet } from './unmet.js'

/** What a requirement may look at. */
export interface GrantedAccess {
  readonly subject: string | undefined
  readonly clientId: string | undefined
  readonly scopes: ReadonlySet<string>
  readonly authorizationDetails: readonly AuthorizationDetail[]
  readonly claims: Claims
  /** Where tokens of this issuer say what. */
  readonly shape: TokenShape
  /** What the caller has proven to hold besides the token. */
  readonly binding: Binding
  /** Undefined when the token came without one. */
  readonly request: RequestFacts | undefined
  /** In seconds since 1970. */
  readonly now: number
  /** How far the clocks of issuer and API may be apart, in seconds. */
  readonly clockTolerance: number
}

/** What a token needs beyond being valid. The same object enforces it and tells clients about it. */
export interface Requirement<Scope extends string = string> {
  /** Every scope it names, so that those this API does not know can be found at start-up. */
  readonly scopes: readonly Scope[]
  /** The scopes a client without a token is told to ask for (RFC 6750 section 3). */
  readonly advertised: readonly string[]
  /** Undefined: it is met. */
  readonly findUnmet: (access: GrantedAccess) => Unmet | undefined
}

/** Throws a {@link ConfigurationError} about the arguments of a requirement. */
export function reject(path: string, message: string): never {
  throw new ConfigurationError([{ path, message }])
}

/** Tells whether a value is a {@link Requirement}. */
export function isRequirement<Scope extends string>(
  value: Scope | Requirement<Scope> | readonly Scope[],
): value is Requirement<Scope> {
  const candidate: unknown = value
  return isRecord(candidate) && typeof candidate['findUnmet'] === 'function'
}
