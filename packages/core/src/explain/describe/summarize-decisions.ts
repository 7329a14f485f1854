import type { ExplainedDecision } from '../explanation.js'
import { groupBy } from '../suggest/group-by.js'
import { sayIncluded, sayLeftOut } from './describe-claims.js'
import { sayGranted } from './describe-scopes.js'
import type { DecisionDescription } from './description.js'

/** One decision, or several that were made for the same reason, in one sentence. */
export interface DecisionSummary extends DecisionDescription {
  readonly type: ExplainedDecision['type']
  readonly phase: ExplainedDecision['phase']
}

/** What decisions have in common that one sentence can tell. */
function likenessOf(decision: ExplainedDecision): unknown {
  const { type, phase, path } = decision
  if (type === 'scope_granted') return [type, phase, path]
  if (type === 'claim_included') return [type, phase, path, decision.target, decision.sources]
  if (type !== 'claim_left_out') return decision
  return [type, phase, path, decision.target, decision.sources, decision.reason]
}

function sentenceFor(
  decisions: readonly [first: ExplainedDecision, ...others: readonly ExplainedDecision[]],
): string {
  const [first] = decisions
  const claims = decisions.flatMap((decision) => ('claim' in decision ? [decision.claim] : []))
  if (first.type === 'claim_included') return sayIncluded(claims, first)
  if (first.type === 'claim_left_out') return sayLeftOut(claims, first)
  if (first.type !== 'scope_granted') return first.sentence
  return sayGranted(
    decisions.flatMap((decision) => ('scope' in decision ? (decision.scope ?? []) : [])),
  )
}

/** Tells decisions that were made for the same reason in one sentence: of scopes that are granted, and of claims. */
export function summarizeDecisions(
  decisions: readonly ExplainedDecision[],
): readonly DecisionSummary[] {
  return groupBy(decisions, likenessOf).map((alike) => {
    const [{ type, phase, rule, path }] = alike
    return {
      type,
      phase,
      rule,
      ...(path !== undefined && { path }),
      sentence: sentenceFor(alike),
    }
  })
}
