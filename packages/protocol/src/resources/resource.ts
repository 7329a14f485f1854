import type { SigningAlgorithm } from '../signing-algorithm.js'

/** A credential. Its secret itself is never stored. */
export interface Secret {
  /** The base64 SHA-256 of the secret; `sha256('secret')` makes one. */
  readonly value: string
  /**
   * When it stops being accepted, as an ISO 8601 date and time.
   *
   * @defaultValue never
   */
  readonly expiration?: string
  /**
   * A note for yourself.
   *
   * @defaultValue none
   */
  readonly description?: string
}

/** What the three kinds of resource have in common. */
interface Resource<Name extends string> {
  /** What requests and tokens call it. */
  readonly name: Name
  /**
   * Shown to people, for example when they are asked for consent.
   *
   * @defaultValue people read the `name`
   */
  readonly displayName?: string
  /**
   * Shown to people below the display name.
   *
   * @defaultValue none
   */
  readonly description?: string
  /**
   * Whether it can be requested at all.
   *
   * @defaultValue `true`
   */
  readonly enabled?: boolean
  /**
   * Whether the discovery document tells of it.
   *
   * @defaultValue `true`
   */
  readonly showInDiscoveryDocument?: boolean
  /**
   * Anything else you want to keep with it.
   *
   * @defaultValue none
   */
  readonly properties?: Readonly<Record<string, string>>
}

/** What identity resources and API scopes, the two kinds of scope, have in common. */
interface ScopeResource<Name extends string> extends Resource<Name> {
  /**
   * Whether it cannot be unticked when the user is asked for consent.
   *
   * @defaultValue `false`
   */
  readonly required?: boolean
  /**
   * Whether the consent page stresses it.
   *
   * @defaultValue `false`
   */
  readonly emphasize?: boolean
}

/** A scope that stands for claims about the user, as `profile` stands for name, picture and so on. */
export interface IdentityResource<Name extends string = string> extends ScopeResource<Name> {
  /** The claims it stands for. */
  readonly userClaims: readonly string[]
}

/** How the values of a parameterized scope such as `transaction:42` are formed. */
export interface ScopeParameter {
  /**
   * What stands between the name and the parameter.
   *
   * @defaultValue `':'`
   */
  readonly separator?: string
  /**
   * Whether the bare name, without a parameter, is no scope.
   *
   * @defaultValue `true`
   */
  readonly required?: boolean
  /**
   * A regular expression that the whole parameter must match.
   *
   * @defaultValue one character or more
   */
  readonly pattern?: string
}

/** A permission that a client asks for. */
export interface ApiScope<Name extends string = string> extends ScopeResource<Name> {
  /**
   * Claims about the user that an access token with this scope carries.
   *
   * @defaultValue `[]`
   */
  readonly userClaims?: readonly string[]
  /**
   * Makes it a parameterized scope: `transaction` with a parameter is requested as `transaction:42`.
   *
   * @defaultValue it takes none
   */
  readonly parameter?: ScopeParameter
  /**
   * Scopes that it includes: an API accepts it where one of those is needed. Tokens say only what was granted; it is the
   * API that knows what follows from it.
   *
   * @defaultValue `[]`
   */
  readonly implies?: readonly string[]
}

/** An API: an audience that groups scopes. It refers to scopes and does not own them. */
export interface ApiResource<
  Name extends string = string,
  ScopeName extends string = string,
> extends Resource<Name> {
  /**
   * Names of the API scopes that this API understands. Other APIs may list them too.
   *
   * @defaultValue `[]`
   */
  readonly scopes?: readonly ScopeName[]
  /**
   * Claims about the user that every access token for this API carries.
   *
   * @defaultValue `[]`
   */
  readonly userClaims?: readonly string[]
  /**
   * With which the API authenticates when it asks about a token. Several make a rotation possible.
   *
   * @defaultValue `[]`
   */
  readonly secrets?: readonly Secret[]
  /**
   * The algorithms this API accepts, the preferred one first.
   *
   * @defaultValue `[]`, whatever the server signs with
   */
  readonly allowedAccessTokenSigningAlgorithms?: readonly SigningAlgorithm[]
  /**
   * Isolates the API (RFC 8707): it is the audience of a token only when the client names it with `resource`, and
   * then it is the only one.
   *
   * @defaultValue `false`
   */
  readonly requireResourceIndicator?: boolean
}
