import type { ApiLeftOut, ScopeDropped, ScopeRefused } from '../decision.js'
import type { DescriptionContext } from './describe-decision.js'
import { nearest } from './nearest.js'
import type { ExplainedDecision, ExplainedToken } from './explanation.js'
import type { Suggestion } from './suggestion.js'
import { suggestForClaim } from './suggest-for-claim.js'
import { suggestForResource } from './suggest-for-resource.js'

/** What would give something that is missing. */
type Change = Pick<Suggestion, 'change' | 'path'>

/** What came of a request so far. */
export interface Outcome {
  readonly decisions: readonly ExplainedDecision[]
  readonly accessToken: ExplainedToken | undefined
}

const decisionsOf = <Type extends ExplainedDecision['type']>(
  { decisions }: Outcome,
  type: Type,
): readonly Extract<ExplainedDecision, { readonly type: Type }>[] =>
  decisions.flatMap((decision) =>
    decision.type === type
      ? // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the condition says so
        [decision as Extract<ExplainedDecision, { readonly type: Type }>]
      : [],
  )

const clientPath = ({ clientId, locator }: DescriptionContext): string =>
  locator.client(clientId)?.path ?? 'clients'

const knownScopes = ({ locator: { configuration } }: DescriptionContext): readonly string[] => {
  const { apiScopes = [], identityResources = [] } = configuration.resources
  return [...apiScopes, ...identityResources].map((entry) =>
    typeof entry === 'string' ? entry : entry.name,
  )
}

function changeForUnknownScope(scope: string, context: DescriptionContext): Change {
  const located = context.locator.scope(scope)
  if (located !== undefined) {
    return {
      change: `Remove enabled: false from ${located.path}.`,
      path: `${located.path}.enabled`,
    }
  }
  const similar = nearest(scope, knownScopes(context))
  return similar === undefined
    ? { change: `Declare it: add '${scope}' to apiScopes.`, path: 'apiScopes' }
    : { change: `Send ${similar} instead, or declare '${scope}' in apiScopes.` }
}

function changeForScope({ scope, reason }: ScopeRefused, context: DescriptionContext): Change {
  const client = clientPath(context)
  if (reason === 'needs_user') {
    return { change: `Leave ${scope} out, or use a grant with a user: authorization_code.` }
  }
  if (reason === 'malformed') {
    return {
      change: `Send ${scope} as its parameter declares it.`,
      path: `${context.locator.scope(scope)?.path ?? 'apiScopes'}.parameter`,
    }
  }
  if (reason === 'unknown') return changeForUnknownScope(scope, context)
  return scope === 'offline_access'
    ? { change: `Set ${client}.allowOfflineAccess to true.`, path: `${client}.allowOfflineAccess` }
    : { change: `Add '${scope}' to ${client}.allowedScopes.`, path: `${client}.allowedScopes` }
}

const audienceOf = ({ accessToken }: Outcome): readonly unknown[] =>
  [accessToken?.claims['aud'] ?? []].flat()

const forScopes = (outcome: Outcome, context: DescriptionContext): readonly Suggestion[] =>
  decisionsOf(outcome, 'scope_refused').map((decision) => ({
    missing: { kind: 'scope', name: decision.scope },
    because: decision.sentence,
    ...changeForScope(decision, context),
  }))

function changeForDropped(
  { scope, reason, resource }: ScopeDropped,
  context: DescriptionContext,
): Change {
  if (reason === 'withdrawn') {
    const path = `${clientPath(context)}.allowedScopes`
    return { change: `Add '${scope}' to ${path} again, or let the user sign in again.`, path }
  }
  const located = resource === undefined ? undefined : context.locator.api(resource)
  const isIdentity = context.locator.scope(scope)?.path.startsWith('identityResources') ?? false
  return isIdentity || located === undefined
    ? { change: `Ask for another token without resource: ${scope} belongs to none.` }
    : {
        change: `Ask for another token for a resource that lists ${scope}, or add it to ${located.path}.scopes.`,
        path: `${located.path}.scopes`,
      }
}

const forDropped = (outcome: Outcome, context: DescriptionContext): readonly Suggestion[] =>
  decisionsOf(outcome, 'scope_dropped').map((decision) => ({
    missing: { kind: 'scope', name: decision.scope },
    because: decision.sentence,
    ...changeForDropped(decision, context),
  }))

function changeForApi({ api, reason }: ApiLeftOut, context: DescriptionContext): Change {
  const path = `${clientPath(context)}.allowedResources`
  return {
    isolated: () => ({ change: `Send resource=${api}.` }),
    in_company: () => ({ change: `Send resource=${api} in the token request.` }),
    not_this_token: () => ({ change: `Send resource=${api} in another token request.` }),
    not_named: () => ({ change: `Send resource=${api}, or no resource at all.` }),
    not_allowed: () => ({ change: `Add '${api}' to ${path}.`, path }),
  }[reason]()
}

function forApis(outcome: Outcome, context: DescriptionContext): readonly Suggestion[] {
  const audience = audienceOf(outcome)
  const leftOut = decisionsOf(outcome, 'api_left_out').filter(({ api }) => !audience.includes(api))
  const last = new Map(leftOut.map((decision) => [decision.api, decision]))
  return [...last.values()].map((decision) => ({
    missing: { kind: 'audience', name: decision.api },
    because: `aud has no ${decision.api}. ${decision.sentence}`,
    ...changeForApi(decision, context),
  }))
}

/** Scopes that are granted and lead to no API at all, so that no API would take the token for them. */
function forLonelyScopes(outcome: Outcome, context: DescriptionContext): readonly Suggestion[] {
  const { apiScopes = [], apiResources = [] } = context.locator.configuration.resources
  const names = new Set(apiScopes.map((entry) => (typeof entry === 'string' ? entry : entry.name)))
  const listed = new Set(
    apiResources.flatMap(({ scopes = [], enabled = true }) => (enabled ? scopes : [])),
  )
  return decisionsOf(outcome, 'scope_granted')
    .filter(({ scope }) => names.has(scope) && !listed.has(scope))
    .map(({ scope }) => ({
      missing: { kind: 'audience', name: scope },
      because: `The scope ${scope} is listed by no API resource, so it adds nobody to aud.`,
      change: `Add '${scope}' to the scopes of the API resource that it belongs to.`,
      path: 'apiResources',
    }))
}

const scopesOf = (outcome: Outcome): readonly string[] =>
  decisionsOf(outcome, 'scope_granted').map(({ scope }) => scope)

const forResources = (outcome: Outcome, context: DescriptionContext): readonly Suggestion[] =>
  decisionsOf(outcome, 'resource_refused').map(({ resource, sentence }) => ({
    missing: { kind: 'audience', name: resource },
    because: sentence,
    ...suggestForResource(resource, scopesOf(outcome), context),
  }))

const forClaims = (outcome: Outcome, context: DescriptionContext): readonly Suggestion[] =>
  decisionsOf(outcome, 'claim_left_out')
    .filter(({ reason }) => reason !== 'of_protocol')
    .map((decision) => ({
      missing: { kind: 'claim', name: decision.claim },
      because: decision.sentence,
      ...suggestForClaim(decision, context),
    }))

function forTokens(outcome: Outcome, context: DescriptionContext): readonly Suggestion[] {
  return decisionsOf(outcome, 'token_left_out')
    .filter(({ reason }) => reason !== 'no_user')
    .map(({ token, reason, sentence }) => {
      const scope = reason === 'no_openid' ? 'openid' : 'offline_access'
      const allows = context.locator.client(context.clientId)?.entry.allowOfflineAccess ?? false
      const first =
        scope === 'offline_access' && !allows
          ? `Set ${clientPath(context)}.allowOfflineAccess to true, and send`
          : 'Send'
      return {
        missing: { kind: 'token', name: token },
        because: sentence,
        change: `${first} the scope ${scope}.`,
        ...(first === 'Send' ? {} : { path: `${clientPath(context)}.allowOfflineAccess` }),
      }
    })
}

function withoutRepeats(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  const byText = new Map(
    suggestions.map((one) => [`${one.missing.kind} ${one.missing.name} ${one.change}`, one]),
  )
  return [...byText.values()]
}

/** Finds what could have been expected of a request and did not come, and the smallest change that gives it. */
export function suggest(outcome: Outcome, context: DescriptionContext): readonly Suggestion[] {
  return withoutRepeats([
    ...forScopes(outcome, context),
    ...forResources(outcome, context),
    ...forApis(outcome, context),
    ...forLonelyScopes(outcome, context),
    ...forDropped(outcome, context),
    ...forTokens(outcome, context),
    ...forClaims(outcome, context),
  ])
}
