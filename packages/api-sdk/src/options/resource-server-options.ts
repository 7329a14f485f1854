import type { ApiResourceName, ResourceDefinitions } from '@bailiwick/protocol'
import type { SourceOptions } from '../credentials/token-sources.js'
import type { ChallengeOptions } from '../errors/challenges.js'
import type { EventListener } from '../events.js'
import type { Fetch } from '../keys/fetch-json.js'
import type { KeyStore } from '../keys/key-store.js'
import type { MetadataPlace } from '../metadata/metadata-response.js'
import type { LocalIssuer } from '../local/local-issuer.js'
import type { MetadataOptions } from '../metadata/protected-resource-metadata.js'
import type { AccessTokenAlgorithm } from '../tokens/algorithms.js'
import type { RevocationOptions } from '../revocation/revocation-check.js'
import type { RequestFacts } from '../request-facts.js'
import type { Audience } from '../tokens/audience.js'
import type { DPoPMode, DPoPOptions, MtlsOptions } from './sender-constraint-options.js'
import type { ClaimsSchema } from '../tokens/parse-claims.js'
import type { VerifiedCacheOptions } from '../tokens/verified-cache.js'
import type { TokenShape } from '../tokens/token-shape.js'
import type { ProfileName } from './profiles.js'
import type { ClientAuthOptions } from './client-auth-options.js'
import type { LimitOptions } from './limit-options.js'

/** A list that cannot be empty. */
export type NonEmpty<Item> = readonly [Item, ...Item[]]

/**
 * Which tokens are accepted.
 *
 * - `jwt`: JWTs only; an opaque token is refused, and nobody is asked
 * - `introspection`: whatever the issuer says is active, whose word then stands for a signature
 * - `auto`: JWTs by their signature, and opaque tokens by what the issuer says. The shape of a token decides: a JWT that is
 *   no good is refused and not asked about
 */
export type TokenKinds = 'jwt' | 'introspection' | 'auto'

/** An authorization server whose tokens are accepted. */
export interface IssuerOptions {
  /** Exactly as it stands in tokens: a slash at the end matters. */
  readonly issuer: string
  /**
   * Where its keys are, or the keys themselves, which are then never fetched.
   *
   * @defaultValue found through its metadata (RFC 8414, OpenID Connect Discovery)
   */
  readonly jwks?: { readonly uri: string } | { readonly keys: readonly object[] }
  /**
   * Where its metadata are, if that is not where the standards put them.
   *
   * @defaultValue `/.well-known/openid-configuration` below the issuer, then `/.well-known/oauth-authorization-server`
   */
  readonly metadataUrl?: string
  /**
   * How to authenticate where this issuer is asked about opaque tokens (RFC 7662). One issuer at most can be asked.
   *
   * @defaultValue none: its tokens have to be JWTs
   */
  readonly clientAuth?: ClientAuthOptions
  /**
   * Where it is asked about tokens.
   *
   * @defaultValue found through its metadata
   */
  readonly introspectionEndpoint?: string
  /**
   * The issuer itself, if it lives in this process: it is asked for keys and about opaque tokens, and nothing is fetched.
   * `fromServer` of `@bailiwick/api-sdk/server` makes it.
   *
   * @defaultValue none: it is reached over the network
   */
  readonly local?: LocalIssuer
  /** @defaultValue the `algorithms` of the resource server */
  readonly algorithms?: NonEmpty<AccessTokenAlgorithm>
  /** @defaultValue the `audience` of the resource server */
  readonly audience?: Audience
  /**
   * The only clients whose tokens are accepted.
   *
   * @defaultValue all of them
   */
  readonly clients?: NonEmpty<string>
  /**
   * What its access tokens look like where they are not as RFC 9068 has them. For well-known issuers there are functions in
   * `@bailiwick/api-sdk/presets` that know.
   *
   * @defaultValue RFC 9068; with `profile: 'legacy'` what was usual before
   */
  readonly tokenShape?: Partial<TokenShape>
}

/** How keys are kept. All times are in seconds. */
export interface JwksOptions {
  /**
   * How long keys are good when the response does not say. If it does, it counts, within one minute and one hour.
   *
   * @defaultValue `600`
   */
  readonly maxAge?: number
  /**
   * How long after one attempt a token with an unknown key may cause the next.
   *
   * @defaultValue `30`
   */
  readonly cooldown?: number
  /**
   * For how long keys beyond their age are used while the issuer cannot be reached. After that: 503.
   *
   * @defaultValue `3600`
   */
  readonly staleIfError?: number
  /**
   * How long one request to the issuer may take.
   *
   * @defaultValue `5`
   */
  readonly timeout?: number
  /**
   * Where processes share what one of them has fetched. Whoever can write to it decides which tokens are accepted.
   *
   * @defaultValue none: each process fetches for itself
   */
  readonly store?: KeyStore
  /**
   * How long the store may take. After that the issuer is asked.
   *
   * @defaultValue `1`
   */
  readonly storeTimeout?: number
}

/** How an issuer is asked about tokens. Times are in seconds. */
export interface IntrospectionOptions {
  /**
   * Whether an answer has to name the audience of the token. `'if-present'` accepts every active token of an issuer that
   * never says for whom it is, and so one that is for another API: only for an issuer that tells each API of its own tokens
   * alone. An audience that is there is checked all the same.
   *
   * @defaultValue `'required'`
   */
  readonly audience?: 'required' | 'if-present'
  /**
   * In which form the issuer has to answer: `'jwt'` wants answers that it has signed for this API (RFC 9701), and takes no
   * other.
   *
   * @defaultValue `'json'`
   */
  readonly response?: 'json' | 'jwt'
  /**
   * For how long an answer about an active token is used at most, and so for how long a revoked one is still accepted.
   * Less if the answer says so or the token expires before. An answer about another token is used for 10 seconds.
   *
   * @defaultValue `60`
   */
  readonly cacheFor?: number
  /**
   * How long one request to the issuer may take. After that: 503.
   *
   * @defaultValue `3`
   */
  readonly timeout?: number
}

/** Options of `createResourceServer`. Only `resource` and `issuers` are needed; nothing else makes it stricter. */
export interface ResourceServerOptions<
  Definitions extends ResourceDefinitions = ResourceDefinitions,
  Name extends string = ApiResourceName<Definitions>,
  ClaimTypes extends object = object,
> {
  /** The name of this API, as it stands in the audience of tokens (RFC 8707 section 2). */
  readonly resource: Name
  /** The authorization servers whose tokens are accepted: https, or http on a loopback host. */
  readonly issuers: string | IssuerOptions | NonEmpty<string | IssuerOptions>
  /**
   * What `defineResources` returned. It types the scopes of guards, isolates the API when the resource asks for it, and
   * restricts the algorithms to those of the resource.
   */
  readonly resources?: Definitions
  /**
   * A set of rules to follow as a whole. It changes what counts where other options are silent, and forbids some of them.
   *
   * - `rfc9068`: the defaults that are documented here
   * - `oauth21`: no tokens in queries and forms (OAuth 2.1)
   * - `fapi2`: tokens that are bound to a key or a certificate, in the header only, signed with PS256, ES256 or EdDSA, with a
   *   `kid` and without `jku` and `x5u`, and for nobody else (FAPI 2.0 Security Profile section 5.3.4)
   * - `mcp`: tokens in the header only; the metadata also at the root of the host; neither requirements nor metadata may
   *   name `openid` or `offline_access` (Model Context Protocol)
   * - `legacy`: tokens that look like ID tokens, as long as they are none: `typ` may be `JWT`, the client may be in `azp`,
   *   `appid` or `cid`, `sub` may be absent
   *
   * @defaultValue `'rfc9068'`
   */
  readonly profile?: ProfileName
  /** @defaultValue `[resource]`; `{ only: [resource] }` when the resource has `requireResourceIndicator`, and in `fapi2` */
  readonly audience?: Audience
  /** @defaultValue every {@link AccessTokenAlgorithm}; those of the resource when it lists any */
  readonly algorithms?: NonEmpty<AccessTokenAlgorithm>
  /**
   * How far the clocks of issuer and API may be apart, in seconds, at most 300.
   *
   * @defaultValue `30`
   */
  readonly clockTolerance?: number
  /**
   * For how long after it was issued a token is accepted at most, in seconds.
   *
   * @defaultValue until it expires
   */
  readonly maxTokenAge?: number
  /**
   * Whether a token needs a `sub`, as RFC 9068 section 2.2 demands. Some issuers leave it out of tokens that are not
   * about a user.
   *
   * @defaultValue `'required'`
   */
  readonly subject?: 'required' | 'optional'
  /**
   * What the claims of a token have to look like: a schema of zod, valibot, arktype or any other of the Standard Schema.
   * It types `auth.claims`, and may change claims. A token that does not fit is refused as malformed.
   *
   * @defaultValue whatever claims a token has
   */
  readonly claims?: ClaimsSchema<ClaimTypes>
  /** @defaultValue `'auto'` when an issuer has `clientAuth` or is `local`, otherwise `'jwt'` */
  readonly tokens?: TokenKinds
  readonly jwks?: JwksOptions
  readonly introspection?: IntrospectionOptions
  /**
   * How to find out that a token was revoked.
   *
   * @defaultValue tokens are good until they expire, or, where their issuer is asked, until it calls them inactive
   */
  readonly revocation?: RevocationOptions
  /**
   * Remembers JWTs whose signature was good, so that it need not be checked at every request. Everything else still is:
   * expiry, audience, revocation, sender constraint and requirements, and whether the issuer still has the key.
   *
   * @defaultValue `false`
   */
  readonly verifiedCache?: false | VerifiedCacheOptions
  /**
   * What becomes of tokens that are bound to a key, and of the proofs that come with them (RFC 9449).
   *
   * @defaultValue `'accept'`; `'reject'` when nothing says where this API is, see `publicOrigin`
   */
  readonly dpop?: DPoPMode | DPoPOptions
  /**
   * What becomes of tokens that are bound to a client certificate (RFC 8705).
   *
   * @defaultValue they are refused
   */
  readonly mtls?: MtlsOptions
  /**
   * Where clients send their requests: scheme, host and port, or a function that tells them for a request. DPoP proofs are
   * for one URL; it is this and the path of the request, whatever `Host` and `X-Forwarded-Host` say. When the function
   * throws, or returns anything else, the request is answered with 503.
   *
   * @defaultValue the origin of `resource` when that is an http(s) URL, otherwise none
   */
  readonly publicOrigin?: string | ((request: RequestFacts) => string)
  /**
   * The protection space that challenges name (RFC 9110 section 11.5).
   *
   * @defaultValue none for a resource that is an http(s) URL, otherwise its name
   */
  readonly realm?: string
  /** What clients are told when a request is refused. */
  readonly challenge?: ChallengeOptions
  /** Where the token of a request may be: in the header only, unless you say otherwise. */
  readonly sources?: SourceOptions
  /** Added to the metadata document (RFC 9728 section 2), and where that is. */
  readonly metadata?: MetadataOptions & MetadataPlace
  /** The most that is read of tokens, of proofs and of what issuers answer. */
  readonly limits?: LimitOptions
  /** @defaultValue the global `fetch` */
  readonly fetch?: Fetch
  /**
   * The time, in seconds since 1970.
   *
   * @defaultValue the clock of the machine
   */
  readonly now?: () => number
  /** Receives events for logs and metrics. */
  readonly onEvent?: EventListener
}
