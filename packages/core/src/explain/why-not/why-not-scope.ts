import { scopesOf } from '../../tokens/judge-access-token.js'
import type { DescriptionContext } from '../describe/description.js'
import { allowScope, declareScope, isAllowed } from '../suggest/suggest-for-scopes.js'
import type { Change } from '../suggest/suggestion.js'
import { lostWith, missing, suggested, there } from './why-not-answer.js'
import type { AnswerWhyNot } from './why-not-answer.js'

/** What lets a client ask for a scope, and what it then asks. */
function askForScope(scope: string, context: DescriptionContext): Change {
  if (scope !== 'offline_access' && context.locator.scope(scope) === undefined) {
    return declareScope(scope, context)
  }
  if (isAllowed(scope, context)) return { change: `Send the scope ${scope}.` }
  const { change, ...where } = allowScope(scope, context)
  return { ...where, change: `${change.slice(0, -1)}, and send the scope ${scope}.` }
}

/** Answers why a scope is not in the access token. */
export const whyNotScope: AnswerWhyNot = (scope, explanation, context) => {
  const { accessToken, error, request } = explanation
  if (scopesOf(accessToken?.claims['scope']).includes(scope)) {
    return there(`The scope ${scope} is in the access token.`)
  }
  const known = suggested('scope', scope, explanation)
  if (known !== undefined) return known
  if (error !== undefined && scopesOf(request.scope).includes(scope)) return lostWith(error)
  return missing(`The request does not ask for the scope ${scope}.`, askForScope(scope, context))
}
