import type { ExplainedDecision, Explanation } from './explanation.js'

/** What came of a request. */
export type Outcome = Pick<
  Explanation,
  'accessToken' | 'idToken' | 'userinfo' | 'error' | 'decisions'
>

/** The decisions of one kind. */
export type DecisionOf<Type extends ExplainedDecision['type']> = Extract<
  ExplainedDecision,
  { readonly type: Type }
>

/** Picks the decisions of one kind. */
export function decisionsOf<Type extends ExplainedDecision['type']>(
  { decisions }: Pick<Outcome, 'decisions'>,
  type: Type,
): readonly DecisionOf<Type>[] {
  const isOfType = (decision: ExplainedDecision): decision is DecisionOf<Type> =>
    decision.type === type
  return decisions.filter(isOfType)
}
