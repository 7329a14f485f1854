import type { DescriptionContext } from '../describe/description.js'
import type { Outcome } from '../outcome.js'
import {
  suggestForApis,
  suggestForLonelyScopes,
  suggestForRefusedResources,
} from './suggest-for-audience.js'
import { suggestForClaims } from './suggest-for-claims.js'
import { suggestForDroppedScopes, suggestForRefusedScopes } from './suggest-for-scopes.js'
import { suggestForFailures, suggestForTokens } from './suggest-for-tokens.js'
import type { Suggest, Suggestion } from './suggestion.js'

/** What makes a request fail. */
const failures: readonly Suggest[] = [
  suggestForRefusedScopes,
  suggestForRefusedResources,
  suggestForFailures,
]

/** What may be missing in tokens that there are. */
const wishes: readonly Suggest[] = [
  suggestForApis,
  suggestForLonelyScopes,
  suggestForDroppedScopes,
  suggestForTokens,
  suggestForClaims,
]

const withoutRepeats = (suggestions: readonly Suggestion[]): readonly Suggestion[] => [
  ...new Map(suggestions.map((one) => [JSON.stringify([one.missing, one.change]), one])).values(),
]

/** Finds what could have been expected of a request and did not come, and the smallest change that gives it. */
export function suggest(outcome: Outcome, context: DescriptionContext): readonly Suggestion[] {
  const kinds = outcome.error === undefined ? wishes : failures
  return withoutRepeats(kinds.flatMap((find) => find(outcome, context)))
}
