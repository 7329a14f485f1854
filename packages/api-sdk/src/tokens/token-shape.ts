import type { ClaimPath } from '../requirements/claim-path.js'
import type { Claims } from './decode-token.js'

/** A claim of RFC 9068 section 2.2 that some issuers leave out. */
export type MissableClaim = 'aud' | 'client_id' | 'iat' | 'jti' | 'sub'

/** What a token says about who uses it. */
export interface TokenHolder {
  readonly subject: string | undefined
  readonly clientId: string | undefined
  readonly claims: Claims
}

/**
 * What the access tokens of an issuer look like, and what tells them from its ID tokens. Every member is as RFC 9068 has
 * it unless it is changed.
 */
export interface TokenShape {
  /**
   * The accepted `typ` of their header, in any capitals; `undefined` accepts a header without. Whatever accepts the `JWT`
   * of ID tokens, or nothing, needs `forbidden`, `expected` or `clientAsAudience` beside it.
   *
   * @defaultValue `['at+jwt', 'application/at+jwt']` (RFC 9068 section 4)
   */
  readonly typ: readonly [string | undefined, ...(string | undefined)[]]
  /**
   * The claims that may hold the identifier of the client. When a token has several of them they have to say the same.
   *
   * @defaultValue `['client_id']`
   */
  readonly client: readonly [string, ...string[]]
  /**
   * The claims that a token may lack. Without `aud` nothing says which API a token is for: that also needs the `clients`
   * of the issuer.
   *
   * @defaultValue `[]`
   */
  readonly mayLack: readonly MissableClaim[]
  /**
   * The claims that no access token has, such as `nonce`, `at_hash` and `c_hash`, which only ID tokens have.
   *
   * @defaultValue `[]`: their `typ` already tells
   */
  readonly forbidden: readonly string[]
  /**
   * The claims that every access token has, each with the values that it may have.
   *
   * @defaultValue `{}`
   */
  readonly expected: Readonly<Record<string, readonly [string, ...string[]]>>
  /**
   * Whether the client may be in the audience, as it is in every ID token (OpenID Connect Core 1.0 section 2).
   *
   * @defaultValue `'accepted'`
   */
  readonly clientAsAudience: 'accepted' | 'refused'
  /**
   * Where the scopes are: a text that separates them by spaces, or a list. Claims that a token has several of have to say
   * the same.
   *
   * @defaultValue `['scope', 'scp']`
   */
  readonly scopes: readonly [ClaimPath, ...ClaimPath[]]
  /**
   * Where the `role` requirement looks when it is not told: a list, or a text that is one role.
   *
   * @defaultValue `['roles', 'role']`
   */
  readonly roles: readonly [ClaimPath, ...ClaimPath[]]
  /**
   * Tells whether a client uses the token for itself and not for a user.
   *
   * @defaultValue there is no subject, or it is the client (RFC 9068 section 2.2)
   */
  readonly isMachine: (holder: TokenHolder) => boolean
}

/** The claims that tell an ID token, where a nonce was sent or it came with a token or a code. */
export const idTokenClaims = ['nonce', 'at_hash', 'c_hash'] as const

/** The JWT profile for access tokens (RFC 9068). */
export const rfc9068: TokenShape = {
  typ: ['at+jwt', 'application/at+jwt'],
  client: ['client_id'],
  mayLack: [],
  forbidden: [],
  expected: {},
  clientAsAudience: 'accepted',
  scopes: ['scope', 'scp'],
  roles: ['roles', 'role'],
  isMachine: ({ subject, clientId }) => subject === undefined || subject === clientId,
}

/** What issuers made before there was RFC 9068: tokens that only what they lack tells from ID tokens. */
export const legacyShape: TokenShape = {
  ...rfc9068,
  typ: [...rfc9068.typ, 'JWT'],
  client: ['client_id', 'azp', 'appid', 'cid'],
  mayLack: ['sub'],
  forbidden: idTokenClaims,
  clientAsAudience: 'refused',
}

/** The accepted types of headers, in lower case. */
export function typesOf(shapes: readonly TokenShape[]): ReadonlySet<string | undefined> {
  return new Set(shapes.flatMap(({ typ }) => typ.map((type) => type?.toLowerCase())))
}
