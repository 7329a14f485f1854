/** One value of a `scope` parameter, taken apart. */
export interface ParsedScope {
  /** As it was requested, and as it goes into the token: `transaction:42`. */
  readonly value: string
  /** By which the resource is found: `transaction`. */
  readonly name: string
  /** What is left: `42`. */
  readonly parameter?: string
}

/** What a {@link ScopeParser} makes of a value. */
export type ScopeParserResult =
  | { readonly kind: 'scope'; readonly scope: ParsedScope }
  /** The value is dropped as if it had not been sent. */
  | { readonly kind: 'ignored' }
  /** The request fails with `invalid_scope`; the reason is told to the client. */
  | { readonly kind: 'invalid'; readonly reason: string }

/** Takes one value of a `scope` parameter apart, before anything is looked up. */
export type ScopeParser = (value: string) => ScopeParserResult
