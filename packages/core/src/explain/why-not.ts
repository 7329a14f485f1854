import { decisionsOf } from './outcome.js'
import { clientPath } from './describe-decision.js'
import type { DescriptionContext } from './describe-decision.js'
import type { Explanation } from './explanation.js'
import { suggestForResource } from './suggest-for-resource.js'
import { allowScope, declareScope } from './suggest-for-scope.js'
import type { Change, Suggestion } from './suggestion.js'

/** Why something is not there. */
export interface WhyNotAnswer {
  readonly kind: 'scope' | 'audience' | 'claim'
  readonly name: string
  /** Whether it is there after all: a scope or audience of the access token, or a claim of any of the answers. */
  readonly isThere: boolean
  /** Why it is there, or not, in one plain sentence. */
  readonly because: string
  /** The smallest change that gives it. Absent when it is there. */
  readonly change?: string
  /** Where in the configuration the change would be. Absent when it is the request that has to change. */
  readonly path?: string
}

/** What an answer is found in. */
type Explained = Omit<Explanation, 'answers'>

type Answer = (
  name: string,
  explanation: Explained,
  context: DescriptionContext,
) => Omit<WhyNotAnswer, 'kind' | 'name'>

const there = (because: string): ReturnType<Answer> => ({ isThere: true, because })

const missing = (because: string, change: Change): ReturnType<Answer> => ({
  isThere: false,
  because,
  ...change,
})

function suggested(
  kind: Suggestion['missing']['kind'],
  name: string,
  { suggestions }: Explained,
): ReturnType<Answer> | undefined {
  const found = suggestions.find(
    (suggestion) => suggestion.missing.kind === kind && suggestion.missing.names.includes(name),
  )
  if (found === undefined) return undefined
  const { because, change, path } = found
  return missing(because, path === undefined ? { change } : { change, path })
}

const valuesOf = (claim: unknown): readonly unknown[] =>
  typeof claim === 'string' ? claim.split(' ') : [claim ?? []].flat()

const answerForScope: Answer = (scope, explanation, context) => {
  if (valuesOf(explanation.accessToken?.claims['scope']).includes(scope)) {
    return there(`The scope ${scope} is in the access token.`)
  }
  const known = suggested('scope', scope, explanation)
  if (known !== undefined) return known
  if (decisionsOf(explanation, 'scope_granted').some((decision) => decision.scope === scope)) {
    return missing(
      `The scope ${scope} would be granted: it is another part of the request that fails.`,
      { change: 'Mend what the error says.' },
    )
  }
  const because = `The request does not ask for the scope ${scope}.`
  if (scope !== 'offline_access' && context.locator.scope(scope) === undefined) {
    return missing(because, declareScope(scope, context))
  }
  const client = context.locator.client(context.clientId)?.entry
  const isAllowed =
    scope === 'offline_access'
      ? client?.allowOfflineAccess === true
      : client?.allowedScopes?.includes(scope) === true
  if (isAllowed) return missing(because, { change: `Send the scope ${scope}.` })
  const { change, path = clientPath(context) } = allowScope(scope, context)
  return missing(because, { change: `${change.slice(0, -1)}, and send the scope ${scope}.`, path })
}

const answerForAudience: Answer = (api, explanation, context) => {
  if ([explanation.accessToken?.claims['aud'] ?? []].flat().includes(api)) {
    return there(`The access token is for ${api}.`)
  }
  const known = suggested('audience', api, explanation)
  if (known !== undefined) return known
  const scopes = decisionsOf(explanation, 'scope_granted').map(({ scope }) => scope)
  return missing(
    `No scope of the request leads to ${api}.`,
    suggestForResource(api, scopes, context),
  )
}

/** Everything in the configuration that lists a claim. */
function listings(claim: string, { locator }: DescriptionContext): readonly string[] {
  const {
    apiResources = [],
    apiScopes = [],
    identityResources = [],
  } = locator.configuration.resources
  const all = [
    ...apiResources.map((entry) => ['the API resource', entry] as const),
    ...apiScopes.map((entry) => ['the scope', entry] as const),
    ...identityResources.map((entry) => ['the identity resource', entry] as const),
  ]
  return all.flatMap(([kind, entry]) =>
    typeof entry !== 'string' && entry.userClaims?.includes(claim) === true
      ? [`${kind} ${entry.name}`]
      : [],
  )
}

/** What adds a claim to the access token of a request. */
function addToToken(
  claim: string,
  { accessToken }: Explained,
  context: DescriptionContext,
): Change {
  const [api] = [accessToken?.claims['aud'] ?? []].flat()
  const located = typeof api === 'string' ? context.locator.api(api) : undefined
  return located === undefined
    ? {
        change: `Add '${claim}' to the userClaims of an API scope of the request.`,
        path: 'apiScopes',
      }
    : {
        change: `Add '${claim}' to ${located.path}.userClaims.`,
        path: `${located.path}.userClaims`,
      }
}

const answerForClaim: Answer = (claim, explanation, context) => {
  const { accessToken, idToken, userinfo = {} } = explanation
  const places = [
    ...(Object.hasOwn(accessToken?.claims ?? {}, claim) ? ['the access token'] : []),
    ...(Object.hasOwn(idToken?.claims ?? {}, claim) ? ['the ID token'] : []),
    ...(Object.hasOwn(userinfo, claim) ? ['userinfo'] : []),
  ]
  if (places.includes('the access token')) {
    return there(`The claim ${claim} is in ${places.join(' and ')}.`)
  }
  if (places.length > 0) {
    const { change, path = '' } = addToToken(claim, explanation, context)
    return {
      ...there(
        `The claim ${claim} is in ${places.join(' and ')}, and not in the access token, because only identity resources ask for it.`,
      ),
      change,
      path,
    }
  }
  const known = suggested('claim', claim, explanation)
  if (known !== undefined) return known
  const listed = listings(claim, context)
  return listed.length === 0
    ? missing(
        `Nothing in the configuration asks for the claim ${claim}.`,
        addToToken(claim, explanation, context),
      )
    : missing(
        `What asks for the claim ${claim} is no part of this request: ${listed.join(', ')}.`,
        {
          change: `Ask for ${listed[0] ?? claim}.`,
        },
      )
}

const answers = {
  scope: answerForScope,
  audience: answerForAudience,
  claim: answerForClaim,
} as const satisfies Record<WhyNotAnswer['kind'], Answer>

/** What a name is the name of: of a claim where nothing else has it. */
function kindsOf(
  name: string,
  explanation: Explained,
  { locator }: DescriptionContext,
): readonly WhyNotAnswer['kind'][] {
  const isNamed = (kind: 'scope' | 'audience'): boolean =>
    explanation.suggestions.some(
      ({ missing: other }) => other.kind === kind && other.names.includes(name),
    )
  const isScope = name === 'offline_access' || locator.scope(name) !== undefined || isNamed('scope')
  const isApi = locator.api(name) !== undefined || isNamed('audience') || URL.canParse(name)
  const kinds = [...(isScope ? ['scope' as const] : []), ...(isApi ? ['audience' as const] : [])]
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
