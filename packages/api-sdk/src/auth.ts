import type { AdmittedCaller } from './admit-request.js'
import type { Needs } from './requirements/needs.js'
import type { Binding } from './sender-constraints/prove-binding.js'
import type { Claims } from './tokens/decode-token.js'
import { isMachine } from './tokens/is-machine.js'
import { readDescription } from './tokens/read-description.js'
import type { AuthorizationDetail } from './tokens/read-authorization-details.js'

/** The access token itself, for the few who need it. */
export interface AuthToken {
  /**
   * Its identifier (RFC 7519 section 4.1.7). Undefined when it has none, which only a `tokenShape` allows, or when the issuer
   * was asked about the token and did not tell.
   */
  readonly jti: string | undefined
  /** In seconds since 1970. */
  readonly expiresAt: number
  /** Returns the token, e.g. to exchange it. A method, so that logging an {@link Auth} never logs a credential. */
  readonly expose: () => string
}

/** Who calls, and what the caller may do. Frozen. */
export interface Auth<Scope extends string = string, ClaimTypes extends object = object> {
  /** The user, or the client itself. Undefined when the token has none and `subject` is `'optional'`. */
  readonly subject: string | undefined
  /** Undefined when the token does not say, which only a `tokenShape` allows. */
  readonly clientId: string | undefined
  /** One of the configured issuers. A subject is only unique together with it. */
  readonly issuer: string
  readonly audience: readonly string[]
  /** All scopes of the token, also those of other APIs, with those they imply. */
  readonly scopes: ReadonlySet<string>
  /** What the token allows beyond its scopes (RFC 9396 section 9.1). Frozen; empty when it says nothing. */
  readonly authorizationDetails: readonly AuthorizationDetail[]
  /**
   * The claims of the token, with what the `claims` schema made of them. What the token itself says is frozen all the way
   * down; nothing is inherited.
   */
  readonly claims: Claims & ClaimTypes
  /**
   * Whether the client acts for itself and not for a user: no subject, or the client as subject (RFC 9068 section 2.2),
   * or what the `tokenShape` of the issuer says.
   */
  readonly isMachine: boolean
  /** The tenant that the claim `tenant_id` names. */
  readonly tenant: string | undefined
  /** Who acts for the subject, if that is somebody else (`act`, RFC 8693 section 4.1). */
  readonly actor: Claims | undefined
  /** The authentication context class that the user's authentication met (RFC 9068 section 2.2.1). */
  readonly acr: string | undefined
  /** How the user authenticated (RFC 8176). Empty when the token does not say. */
  readonly amr: readonly string[]
  /** When the user authenticated, in seconds since 1970. */
  readonly authTime: number | undefined
  /** What the caller has proven to hold besides the token. */
  readonly binding: Binding
  readonly token: AuthToken
  // Methods and not function members, so that an Auth with narrower scopes fits where any Auth is wanted.
  /** Tells whether a requirement is met. Throws an `ApiAuthError` 503 when a predicate of yours throws. */
  has(needs: Needs<Scope>): boolean
  /**
   * Throws an `ApiAuthError` unless a requirement is met, with the challenge a guard would have sent. For what
   * depends on data that only the handler has.
   */
  require(needs: Needs<Scope>): void
}

/** Answers the two questions of {@link Auth} about requirements. */
export type AuthChecks<Scope extends string> = Pick<Auth<Scope>, 'has' | 'require'>

/** Makes an {@link Auth} of a caller who was admitted. */
export function createAuth<Scope extends string, ClaimTypes extends object>(
  { verified, binding, claims }: AdmittedCaller<ClaimTypes>,
  checks: AuthChecks<Scope>,
): Auth<Scope, ClaimTypes> {
  const { subject, clientId, issuer, audience, scopes, authorizationDetails } = verified
  const { token, identifier, expiresAt } = verified
  const { tenant, actor, acr, amr, authTime } = readDescription(verified.claims)
  return Object.freeze({
    subject,
    clientId,
    issuer,
    audience,
    scopes,
    authorizationDetails,
    claims,
    isMachine: isMachine(verified),
    tenant,
    actor,
    acr,
    amr,
    authTime,
    binding,
    token: Object.freeze({ jti: identifier, expiresAt, expose: () => token }),
    has: checks.has,
    require: checks.require,
  })
}
