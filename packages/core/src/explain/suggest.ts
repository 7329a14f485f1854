import type { DescriptionContext } from './describe-decision.js'
import { decisionsOf } from './outcome.js'
import type { DecisionOf, Outcome } from './outcome.js'
import { suggestForApi } from './suggest-for-api.js'
import { suggestForClaims } from './suggest-for-claim.js'
import { suggestForResource } from './suggest-for-resource.js'
import { allowScope, suggestForDropped, suggestForScope } from './suggest-for-scope.js'
import type { Suggestion } from './suggestion.js'

type Suggest = (outcome: Outcome, context: DescriptionContext) => readonly Suggestion[]

const forScopes: Suggest = (outcome, context) =>
  decisionsOf(outcome, 'scope_refused').map((decision) => ({
    missing: { kind: 'scope', names: [decision.scope] },
    because: decision.sentence,
    ...suggestForScope(decision, context),
  }))

const forResources: Suggest = (outcome, context) => {
  const scopes = decisionsOf(outcome, 'scope_granted').map(({ scope }) => scope)
  return decisionsOf(outcome, 'resource_refused').map(({ resource, sentence }) => ({
    missing: { kind: 'audience', names: [resource] },
    because: sentence,
    ...suggestForResource(resource, scopes, context),
  }))
}

/** An API may be left out several times, for several scopes: the last word counts. */
const forApis: Suggest = (outcome, context) => {
  const audience = new Set<unknown>([outcome.accessToken?.claims['aud'] ?? []].flat())
  const leftOut = decisionsOf(outcome, 'api_left_out').filter(({ api }) => !audience.has(api))
  const last = new Map(leftOut.map((decision) => [decision.api, decision]))
  return [...last.values()].map((decision) => ({
    missing: { kind: 'audience', names: [decision.api] },
    because: `aud has no ${decision.api}. ${decision.sentence}`,
    ...suggestForApi(decision, context),
  }))
}

/** Scopes that are granted and lead to no API at all, so that no API would take the token for them. */
const forLonelyScopes: Suggest = (outcome, { locator }) => {
  const { apiScopes = [], apiResources = [] } = locator.configuration.resources
  const names = new Set(apiScopes.map((entry) => (typeof entry === 'string' ? entry : entry.name)))
  const enabled = apiResources.filter(({ enabled: isEnabled = true }) => isEnabled)
  const listed = new Set(enabled.flatMap(({ scopes = [] }) => scopes))
  return decisionsOf(outcome, 'scope_granted')
    .filter(({ scope }) => names.has(scope) && !listed.has(scope))
    .map(({ scope }) => ({
      missing: { kind: 'audience', names: [scope] },
      because: `The scope ${scope} is listed by no API resource, so it adds nobody to aud.`,
      change: `Add '${scope}' to the scopes of the API resource that it belongs to.`,
      path: 'apiResources',
    }))
}

const forDropped: Suggest = (outcome, context) =>
  decisionsOf(outcome, 'scope_dropped').map((decision) => ({
    missing: { kind: 'scope', names: [decision.scope] },
    because: decision.sentence,
    ...suggestForDropped(decision, context),
  }))

const forTokens: Suggest = (outcome, context) =>
  decisionsOf(outcome, 'token_left_out')
    .filter(({ reason }) => reason !== 'no_user')
    .map(({ token, reason, sentence }) => {
      const missing = { kind: 'token', names: [token] } as const
      if (reason === 'no_openid') {
        return { missing, because: sentence, change: 'Send the scope openid.' }
      }
      const client = context.locator.client(context.clientId)?.entry
      if (client?.allowOfflineAccess === true) {
        return { missing, because: sentence, change: 'Send the scope offline_access.' }
      }
      const { change, path } = allowScope('offline_access', context)
      return {
        missing,
        because: sentence,
        change: `${change.slice(0, -1)}, and send the scope offline_access.`,
        ...(path !== undefined && { path }),
      }
    })

type ClaimDecision = DecisionOf<'claim_left_out'>

/** Where nobody knows a claim, it is of no use that another place would have it. */
function isWorthTelling(
  { claim, reason }: ClaimDecision,
  { userinfo = {}, idToken }: Outcome,
): boolean {
  if (reason === 'of_protocol') return false
  if (reason === 'in_userinfo') return Object.hasOwn(userinfo, claim)
  return !Object.hasOwn(idToken?.claims ?? {}, claim)
}

/** Claims that the same resource asks for are left out for the same reason more often than not. */
const forClaims: Suggest = (outcome, context) => {
  const groups = new Map<string, ClaimDecision[]>()
  for (const decision of decisionsOf(outcome, 'claim_left_out')) {
    if (!isWorthTelling(decision, outcome)) continue
    const key = JSON.stringify([decision.target, decision.reason, decision.path])
    groups.set(key, [...(groups.get(key) ?? []), decision])
  }
  return [...groups.values()].flatMap((decisions) => {
    const [first] = decisions
    if (first === undefined) return []
    const names = decisions.map(({ claim }) => claim)
    return {
      missing: { kind: 'claim', names },
      because: first.sentence.replace(
        `The claim ${first.claim}, for`,
        `The ${names.length === 1 ? 'claim' : 'claims'} ${names.join(', ')}, for`,
      ),
      ...suggestForClaims(names, first.reason, context),
    }
  })
}

const withoutRepeats = (suggestions: readonly Suggestion[]): readonly Suggestion[] => [
  ...new Map(suggestions.map((one) => [JSON.stringify([one.missing, one.change]), one])).values(),
]

const kinds: readonly Suggest[] = [
  forScopes,
  forResources,
  forApis,
  forLonelyScopes,
  forDropped,
  forTokens,
  forClaims,
]

/** Finds what could have been expected of a request and did not come, and the smallest change that gives it. */
export function suggest(outcome: Outcome, context: DescriptionContext): readonly Suggestion[] {
  return withoutRepeats(kinds.flatMap((find) => find(outcome, context)))
}
