/** Somebody tries to sign in. */
export interface LoginAttempt {
  /** As it was typed. */
  readonly username: string
  /** The address of the browser, as far as it is known. */
  readonly remoteAddress: string | undefined
}

/** Keeps passwords from being guessed: limits how often somebody may try. */
export interface LoginThrottle {
  /**
   * Counts an attempt, before its password is looked at, so that attempts which run side by side count too. Gives the
   * seconds to wait when there have been too many, and `undefined` when it may be tried.
   */
  readonly begin: (attempt: LoginAttempt) => Promise<number | undefined>
  /** The attempt was right: what was counted against the account at this address is forgotten. */
  readonly succeed: (attempt: LoginAttempt) => Promise<void>
}
