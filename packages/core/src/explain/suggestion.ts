/** Something that could have been expected and is not there. */
export interface Suggestion {
  readonly missing: {
    readonly kind: 'scope' | 'audience' | 'claim' | 'token'
    /** The name of the scope, API resource, claim or token. */
    readonly name: string
  }
  /** Why, in one plain sentence. */
  readonly because: string
  /** The smallest change that gives it, in one plain sentence. */
  readonly change: string
  /** Where in the configuration the change would be. Absent when it is the request that has to change. */
  readonly path?: string
}
