/**
 * What `compatibility: 'duende'` changes, for people who move from IdentityServer and need the same tokens. Every
 * other rule holds in both.
 */
export interface Compatibility {
  /** Non-isolated API resources take part even when the request names others. Otherwise only the named ones do. */
  readonly keepsUnnamedResources: boolean
  /** A token narrowed to a resource that holds no granted scope is issued empty. Otherwise it is `invalid_target`. */
  readonly issuesEmptyTokens: boolean
  /**
   * A code or refresh token used without `resource` is for all non-isolated API resources of its scopes. Otherwise it
   * is for those that the authorization request named.
   */
  readonly widensWithoutResource: boolean
  /**
   * A `resource` at redemption or refresh passes silently when the authorization request named none, even if it is
   * unknown. Otherwise it must be one that could have been named.
   */
  readonly passesUnknownResources: boolean
  /** A refresh fails when a scope of the grant was withdrawn. Otherwise the scope disappears from the new token. */
  readonly failsRefreshOnWithdrawal: boolean
  /** `scope` is not looked at when a token is refreshed. Otherwise it narrows (RFC 6749 section 6). */
  readonly ignoresScopeAtRefresh: boolean
  /** Access tokens carry `scope` as a list. Otherwise it is one string (RFC 9068 section 2.2.3). */
  readonly writesScopeAsList: boolean
  /** Access tokens without a user have no `sub`. Otherwise it is the client (RFC 9068 section 2.2). */
  readonly omitsSubjectWithoutUser: boolean
}

const everything = (value: boolean): Compatibility => ({
  keepsUnnamedResources: value,
  issuesEmptyTokens: value,
  widensWithoutResource: value,
  passesUnknownResources: value,
  failsRefreshOnWithdrawal: value,
  ignoresScopeAtRefresh: value,
  writesScopeAsList: value,
  omitsSubjectWithoutUser: value,
})

/** The values of the `compatibility` option. */
export const compatibilities = {
  strict: everything(false),
  duende: everything(true),
} as const satisfies Record<string, Compatibility>

/** Whose tokens to issue: our own rules, or those of IdentityServer where they differ. */
export type CompatibilityName = keyof typeof compatibilities
