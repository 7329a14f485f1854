import type { Decision } from '../../decision.js'
import { describeAudience } from './describe-audience.js'
import { describeClaims } from './describe-claims.js'
import { describeScopes } from './describe-scopes.js'
import { describeTokens } from './describe-tokens.js'
import type {
  DecisionDescription,
  DescriptionContext,
  DescriptionOf,
  Descriptions,
} from './description.js'

const descriptions: Descriptions = {
  ...describeScopes,
  ...describeAudience,
  ...describeClaims,
  ...describeTokens,
}

/** Puts a decision in words. */
export function describeDecision(
  decision: Decision,
  context: DescriptionContext,
): DecisionDescription {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table has for each type what takes it
  const describe = descriptions[decision.type] as DescriptionOf<Decision['type']>
  return describe(decision, context)
}
