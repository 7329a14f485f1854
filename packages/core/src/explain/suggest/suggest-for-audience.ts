import type { ApiLeftOut } from '../../decision.js'
import { atClient } from '../describe/description.js'
import type { DescriptionContext } from '../describe/description.js'
import { decisionsOf } from '../outcome.js'
import { suggestForRefused } from './suggest-for-resource.js'
import type { Change, Suggest } from './suggestion.js'

const changes: Readonly<
  Record<ApiLeftOut['reason'], (api: string, context: DescriptionContext) => Change>
> = {
  isolated: (api) => ({ change: `Send resource=${api}.` }),
  in_company: (api) => ({ change: `Send resource=${api} in the token request.` }),
  not_this_token: (api) => ({ change: `Send resource=${api} in another token request.` }),
  not_named: (api) => ({ change: `Send resource=${api}, or no resource at all.` }),
  not_allowed: (api, context) => {
    const path = atClient(context, 'allowedResources')
    return { change: `Add '${api}' to ${path}.`, path }
  },
}

/** What makes an API part of the audience that was left out. */
export const changeForApi = ({ api, reason }: ApiLeftOut, context: DescriptionContext): Change =>
  changes[reason](api, context)

/** Finds resources that the request names and cannot have. */
export const suggestForRefusedResources: Suggest = (outcome, context) => {
  const scopes = decisionsOf(outcome, 'scope_granted').map(({ scope }) => scope)
  return decisionsOf(outcome, 'resource_refused').map((decision) => ({
    missing: { kind: 'audience', names: [decision.resource] },
    because: decision.sentence,
    ...suggestForRefused(decision, scopes, context),
  }))
}

/** Finds APIs to which a scope of the request leads, and which are not in the audience. */
export const suggestForApis: Suggest = (outcome, context) => {
  const audience = new Set([outcome.accessToken?.claims['aud'] ?? []].flat())
  const leftOut = decisionsOf(outcome, 'api_left_out').filter(({ api }) => !audience.has(api))
  // One may be left out several times, for several scopes and tokens: the last word counts.
  const last = new Map(leftOut.map((decision) => [decision.api, decision]))
  return [...last.values()].map((decision) => ({
    missing: { kind: 'audience', names: [decision.api] },
    because: decision.sentence.replace(
      `The API ${decision.api} is left out:`,
      `aud has no ${decision.api}:`,
    ),
    ...changeForApi(decision, context),
  }))
}

/** Finds scopes that are granted and lead to no API at all, so that no API takes the token for them. */
export const suggestForLonelyScopes: Suggest = (outcome, { locator }) => {
  const { apiResources = [] } = locator.configuration.resources
  const enabled = apiResources.filter(({ enabled: isEnabled = true }) => isEnabled)
  const listed = new Set(enabled.flatMap(({ scopes = [] }) => scopes))
  return decisionsOf(outcome, 'scope_granted').flatMap(({ scope }) => {
    const located = locator.scope(scope)
    if (located?.path.startsWith('apiScopes') !== true || listed.has(located.entry.name)) return []
    return {
      missing: { kind: 'audience', names: [scope] },
      because: `The scope ${scope} adds nobody to aud: no API lists it.`,
      change: `Add '${located.entry.name}' to the scopes of the API resource that it belongs to.`,
      path: 'apiResources',
    }
  })
}
