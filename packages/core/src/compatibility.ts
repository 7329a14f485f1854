/**
 * What `compatibility: 'duende'` changes, for people who move from IdentityServer and need the same tokens. Every
 * other rule holds in both.
 */
export interface Compatibility {
  /** Non-isolated API resources take part even when the request names others. Otherwise only the named ones do. */
  readonly keepsUnnamedResources: boolean
  /** A token narrowed to a resource that holds no granted scope is issued empty. Otherwise it is `invalid_target`. */
  readonly issuesEmptyTokens: boolean
  /** Access tokens carry `scope` as a list. Otherwise it is one string (RFC 9068 section 2.2.3). */
  readonly writesScopeAsList: boolean
  /** Access tokens without a user have no `sub`. Otherwise it is the client (RFC 9068 section 2.2). */
  readonly omitsSubjectWithoutUser: boolean
}

const everything = (value: boolean): Compatibility => ({
  keepsUnnamedResources: value,
  issuesEmptyTokens: value,
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
