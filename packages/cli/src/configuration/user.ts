/** Somebody who may sign in. For development: the password stands in the configuration as it is. */
export interface User {
  /** What tokens call the user in `sub`: never changed, and never given to another. */
  readonly subject: string
  /** What the user types to sign in, in upper or lower case. */
  readonly username: string
  /** As it is, which is why a public server must not have one. */
  readonly password: string
  /**
   * What is known about the user: sent as far as a token or an API may have it.
   *
   * @defaultValue `{}`
   */
  readonly claims?: Readonly<Record<string, unknown>>
}

/** Makes user names equal that people take for the same one. */
export function foldUsername(username: string): string {
  return username.normalize('NFKC').toLowerCase()
}
