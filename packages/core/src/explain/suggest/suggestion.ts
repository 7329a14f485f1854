import type { DescriptionContext } from '../describe/description.js'
import type { Outcome } from '../outcome.js'

/** Something that could have been expected and is not there. */
export interface Suggestion {
  readonly missing: {
    readonly kind: 'scope' | 'audience' | 'claim' | 'token'
    /** The names of the scopes, API resources, claims or tokens: several where the same change gives them all. */
    readonly names: readonly string[]
  }
  /** Why, in one plain sentence. */
  readonly because: string
  /** The smallest change that gives it, in one plain sentence. */
  readonly change: string
  /** Where in the configuration the change would be. Absent when it is the request that has to change. */
  readonly path?: string
}

/** What would give something that is missing. */
export type Change = Pick<Suggestion, 'change' | 'path'>

/** Finds what is missing in one respect. */
export type Suggest = (outcome: Outcome, context: DescriptionContext) => readonly Suggestion[]
