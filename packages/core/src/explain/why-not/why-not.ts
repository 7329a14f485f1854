import { scopesOf } from '../../tokens/judge-access-token.js'
import type { DescriptionContext } from '../describe/description.js'
import { whyNotAudience } from './why-not-audience.js'
import { isListed, whyNotClaim } from './why-not-claim.js'
import { whyNotScope } from './why-not-scope.js'
import type { AnswerWhyNot, Explained, WhyNotAnswer } from './why-not-answer.js'

const answers: Readonly<Record<WhyNotAnswer['kind'], AnswerWhyNot>> = {
  scope: whyNotScope,
  audience: whyNotAudience,
  claim: whyNotClaim,
}

/** What a name is the name of: `email` is a scope and a claim. What nothing else has is taken for that of a claim. */
function kindsOf(
  name: string,
  { request }: Explained,
  context: DescriptionContext,
): readonly WhyNotAnswer['kind'][] {
  const { scope, resources = [] } = request
  const { locator } = context
  const isKind = {
    scope:
      locator.scope(name) !== undefined || ['offline_access', ...scopesOf(scope)].includes(name),
    audience: locator.api(name) !== undefined || resources.includes(name) || URL.canParse(name),
    claim: isListed(name, context),
  }
  const kinds = (['scope', 'audience', 'claim'] as const).filter((kind) => isKind[kind])
  return kinds.length === 0 ? ['claim'] : kinds
}

/** Answers why a scope, an audience or a claim is not there, or that it is. A name may be that of several. */
export function whyNot(
  name: string,
  explanation: Explained,
  context: DescriptionContext,
): readonly WhyNotAnswer[] {
  return kindsOf(name, explanation, context).map((kind) => ({
    kind,
    name,
    ...answers[kind](name, explanation, context),
  }))
}
