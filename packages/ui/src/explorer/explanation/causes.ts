import type { ClaimTarget, ExplainedDecision } from '@bailiwick/core'

/** A decision, and the id of its element. */
export interface NumberedDecision {
  readonly id: string
  readonly decision: ExplainedDecision
}

/** Finds the decisions that something in a token comes from. `undefined`: none is known. */
export interface Causes {
  readonly ofClaim: (target: ClaimTarget, claim: string) => NumberedDecision | undefined
  /** Of a value of `aud`. */
  readonly ofAudience: (api: string) => NumberedDecision | undefined
  /** Of a value in `scope`. */
  readonly ofScope: (scope: string) => NumberedDecision | undefined
  /** Of `alg` in the header of the access token. */
  readonly ofAlgorithm: () => NumberedDecision | undefined
}

/** Gives each decision the id of its element. */
export const numberDecisions = (
  decisions: readonly ExplainedDecision[],
): readonly NumberedDecision[] =>
  decisions.map((decision, index) => ({ id: `decision-${index + 1}`, decision }))

/** The claims that another decision than one about claims settles. */
function settles(decision: ExplainedDecision, target: ClaimTarget, claim: string): boolean {
  if (decision.type === 'lifetime_decided') return claim === 'exp' && decision.token === target
  return decision.type === 'audience_decided' && claim === 'aud' && target === 'access_token'
}

const isAbout = (decision: ExplainedDecision, target: ClaimTarget, claim: string): boolean =>
  (decision.type === 'claim_included' || decision.type === 'protocol_claim') &&
  decision.target === target &&
  decision.claim === claim

/** Finds the causes of what a token says: the last decision, because a refresh decides anew. */
export function findCauses(numbered: readonly NumberedDecision[]): Causes {
  const last = (isIt: (decision: ExplainedDecision) => boolean): NumberedDecision | undefined =>
    numbered.findLast(({ decision }) => isIt(decision))
  return {
    ofClaim: (target, claim) =>
      last((decision) => settles(decision, target, claim)) ??
      last((decision) => isAbout(decision, target, claim)),
    ofAudience: (api) =>
      last((decision) => decision.type === 'api_included' && decision.api === api),
    ofScope: (scope) =>
      last((decision) => decision.type === 'scope_granted' && decision.scope === scope),
    ofAlgorithm: () => last((decision) => decision.type === 'algorithm_selected'),
  }
}
