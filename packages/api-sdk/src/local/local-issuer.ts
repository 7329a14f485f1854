/**
 * An authorization server in this process, as one API sees it: nothing is fetched, and nothing it tells is kept. That of
 * `@bailiwick/core` gives it to `fromServer`.
 */
export interface LocalIssuer {
  /** Rejects while the server cannot read its keys. */
  readonly ready: () => Promise<void>
  /** The public key with this name as a JWK, if the server publishes it now: the same object for the same key. */
  readonly findKey: (kid: string) => Promise<object | undefined>
  /** What its introspection endpoint would answer this API (RFC 7662 section 2.2). */
  readonly introspect: (token: string) => Promise<object>
}
