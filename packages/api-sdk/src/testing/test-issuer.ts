import type { JWK } from 'jose'
import type { Fetch } from '../keys/fetch-json.js'
import type { ClientSecretOptions } from '../options/client-auth-options.js'
import type { IssuerOptions } from '../options/resource-server-options.js'
import type { AccessTokenAlgorithm } from '../tokens/algorithms.js'
import type { Claims } from '../tokens/decode-token.js'
import type { DPoPKey } from './dpop-key.js'
import type { Segment } from './signing-key.js'
import type { FetchedRequest } from './test-network.js'
import type { TokenOptions } from './test-tokens.js'

/** What a test issuer is like. Only `audience` is needed. */
export interface TestIssuerOptions {
  /** The `resource` of the API that is tested. */
  readonly audience: string
  /** @defaultValue `https://issuer.example` */
  readonly issuer?: string
  /** What its tokens are signed with. @defaultValue `ES256` */
  readonly algorithm?: AccessTokenAlgorithm
  /** What every access token has besides what it needs to be valid, e.g. a tenant that all routes ask for. */
  readonly claims?: Claims
  /** How the API says who it is when it asks about reference tokens. @defaultValue none: it may not ask */
  readonly clientAuth?: ClientSecretOptions
  /** The time, in seconds since 1970. @defaultValue the clock of the machine */
  readonly now?: () => number
}

/** An issuer in the process of a test, which no network is needed for. */
export interface TestIssuer {
  readonly issuer: string
  readonly audience: string
  /** The `issuers` of the API that is tested. */
  readonly issuerOptions: IssuerOptions
  /** The `fetch` of the API that is tested. Only metadata, keys and introspection of this issuer can be reached by it. */
  readonly fetch: Fetch
  /** The `now` of the API that is tested. */
  readonly now: () => number
  /** Lets time pass, by seconds. Its API must have been given `now`. */
  readonly pass: (seconds: number) => void
  /** Makes an access token: valid, except for what is changed. A claim that is undefined is left out. */
  readonly token: (claims?: Claims, options?: TokenOptions) => Promise<string>
  /** Makes an ID token, which no API may take for an access token. */
  readonly idToken: (claims?: Claims) => Promise<string>
  /**
   * Makes a reference token. The claims change what introspection says of it, also that it is `active`.
   *
   * @throws ConfigurationError without `clientAuth`, for then no API could ask about it.
   */
  readonly reference: (claims?: Claims, options?: Pick<TokenOptions, 'bind'>) => string
  /** Signs exactly this header and payload, for tokens that are none: text and bytes are taken as they are. */
  readonly sign: (header: Segment, payload: Segment) => string
  /** Has introspection say that a token is not active, as soon as the API asks again. */
  readonly revoke: (token: string) => void
  /** Makes the key of a client that binds its tokens to it. @defaultValue `ES256` */
  readonly dpopKey: (algorithm?: AccessTokenAlgorithm) => Promise<DPoPKey>
  /** The public keys, as they are published. */
  readonly jwks: () => { readonly keys: readonly JWK[] }
  /** Replaces the key. Tokens that were signed before are good for as long as the API keeps the old one. */
  readonly rotateKeys: () => Promise<void>
  /** Lets every request of the API fail, until it comes back. */
  readonly goDown: () => void
  /** Lets requests of the API succeed again. */
  readonly comeBack: () => void
  /** What the API asked for, whether it got it or not. */
  readonly requests: readonly FetchedRequest[]
}
