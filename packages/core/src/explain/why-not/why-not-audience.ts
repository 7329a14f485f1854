import { decisionsOf } from '../outcome.js'
import { changeForApi } from '../suggest/suggest-for-audience.js'
import { suggestForResource } from '../suggest/suggest-for-resource.js'
import { lostWith, missing, suggested, there } from './why-not-answer.js'
import type { AnswerWhyNot } from './why-not-answer.js'

/** Answers why an access token is not for an API. */
export const whyNotAudience: AnswerWhyNot = (api, explanation, context) => {
  if ([explanation.accessToken?.claims['aud'] ?? []].flat().includes(api)) {
    return there(`The access token is for ${api}.`)
  }
  const known = suggested('audience', api, explanation)
  if (known !== undefined) return known
  const { error } = explanation
  const isIncluded = decisionsOf(explanation, 'api_included').some((made) => made.api === api)
  if (error !== undefined && isIncluded) return lostWith(error)
  const leftOut = decisionsOf(explanation, 'api_left_out').findLast((made) => made.api === api)
  if (leftOut !== undefined) return missing(leftOut.sentence, changeForApi(leftOut, context))
  const scopes = decisionsOf(explanation, 'scope_granted').map(({ scope }) => scope)
  return missing(
    `No scope of the request leads to ${api}.`,
    suggestForResource(api, scopes, context),
  )
}
