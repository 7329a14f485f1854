/** The most that is read of what others send. All are whole numbers above 0. */
export interface LimitOptions {
  /**
   * Of an access token, in characters; at most 1,048,576. Longer ones are refused before anything is decoded. Node.js itself
   * takes no more than 16 KiB of header fields unless `maxHeaderSize` of the HTTP server says so.
   *
   * @defaultValue `16384`
   */
  readonly token?: number
  /**
   * Of a DPoP proof, in characters; at most 65,536.
   *
   * @defaultValue `4096`
   */
  readonly proof?: number
  /**
   * Of the `jti` of a token or a proof and of the `kid` of a token, in characters; at most 4,096.
   *
   * @defaultValue `256`
   */
  readonly identifier?: number
  /**
   * Of what an issuer answers, in bytes: its metadata, its JWKS, and what it says about a token; at most 16,777,216.
   *
   * @defaultValue `262144`
   */
  readonly document?: number
  /**
   * How many keys a JWKS may have; at most 1,000. Of one that has more no key is used.
   *
   * @defaultValue `100`
   */
  readonly keys?: number
  /**
   * How many levels deep objects and lists in a token, or in what an issuer says about one, may be nested; at most 256.
   *
   * @defaultValue `32`
   */
  readonly depth?: number
}

/** Every limit. */
export type Limits = Required<LimitOptions>

/** What is enough for most issuers, and keeps what anybody sends from taking much time or memory. */
export const defaultLimits: Limits = {
  token: 16 * 1024,
  proof: 4 * 1024,
  identifier: 256,
  document: 256 * 1024,
  keys: 100,
  depth: 32,
}
