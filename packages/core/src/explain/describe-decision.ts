import type {
  ApiLeftOut,
  ClaimLeftOut,
  ClaimSource,
  ClaimTarget,
  Decision,
  ScopeDropped,
  ScopeRefused,
} from '../decision.js'
import type { Locator } from './locator.js'

/** What a decision says to people. */
export interface DecisionDescription {
  /** What it follows: a section of an RFC, or a property of the configuration. */
  readonly rule: string
  /** Where in the configuration it comes from, e.g. `apiResources[1].requireResourceIndicator`. */
  readonly path?: string
  /** In one plain sentence. */
  readonly sentence: string
}

/** What descriptions need to know besides the decision. */
export interface DescriptionContext {
  readonly clientId: string
  readonly locator: Locator
}

type DescriptionOf<Type extends Decision['type']> = (
  decision: Extract<Decision, { readonly type: Type }>,
  context: DescriptionContext,
) => DecisionDescription

const list = (names: readonly string[]): string => names.join(', ')

const nameOfTarget = {
  access_token: 'the access token',
  id_token: 'the ID token',
  userinfo: 'userinfo',
} as const satisfies Record<ClaimTarget, string>

const nameOfSource = ({ kind, name }: ClaimSource): string =>
  ({
    api_resource: `the API resource ${name}`,
    api_scope: `the scope ${name}`,
    identity_resource: `the identity resource ${name}`,
    client: `the client ${name}`,
    claims_parameter: 'the claims parameter of the request',
  })[kind]

/** Where the client of the request stands. */
export const clientPath = ({ clientId, locator }: DescriptionContext): string =>
  locator.client(clientId)?.path ?? 'clients'

const atClient = (context: DescriptionContext, property: string): string =>
  `${clientPath(context)}.${property}`

const atApi = (name: string, { locator }: DescriptionContext, property: string): string =>
  `${locator.api(name)?.path ?? 'apiResources'}.${property}`

const refusedBecause = {
  unknown: 'no enabled scope has this name',
  not_allowed: 'the client may not ask for it',
  needs_user: 'it is about a user, and there is none in this grant',
  malformed: 'its form is not the one that the scope declares',
} as const satisfies Record<ScopeRefused['reason'], string>

const scopesProperty = (scope: string): string =>
  scope === 'offline_access' ? 'allowOfflineAccess' : 'allowedScopes'

function pathOfRefusal(
  { scope, reason }: ScopeRefused,
  context: DescriptionContext,
): string | undefined {
  if (reason === 'unknown') return context.locator.scope(scope)?.path
  return reason === 'malformed' ? 'apiScopes' : atClient(context, scopesProperty(scope))
}

const droppedBecause = ({ reason, resource }: ScopeDropped): string =>
  reason === 'withdrawn'
    ? 'it was granted once and cannot be had any more'
    : `the token is for ${resource ?? 'one resource'}, which does not list it`

const leftOutBecause = {
  isolated: 'it is isolated and the request does not name it',
  not_named: 'the request names other resources and not this one',
  not_allowed: 'the client may not have tokens for it',
  in_company: 'it is isolated, and this token is not for it alone',
  not_this_token: 'this token is for another of the resources that were authorized',
} as const satisfies Record<ApiLeftOut['reason'], string>

const pathOfApi = ({ api, reason }: ApiLeftOut, context: DescriptionContext): string | undefined =>
  ({
    isolated: () => atApi(api, context, 'requireResourceIndicator'),
    in_company: () => atApi(api, context, 'requireResourceIndicator'),
    not_allowed: () => atClient(context, 'allowedResources'),
    not_named: () => undefined,
    not_this_token: () => undefined,
  })[reason]()

const claimLeftOutBecause = {
  no_value: 'the profile service gives no value for it',
  no_user: 'the token is about no user',
  about_user: 'claims of the client stay out of tokens about a user',
  unwanted_value: 'its value is not the one that the client asks for',
  in_userinfo: 'the userinfo endpoint gives it, and the client can ask there',
  of_protocol: 'only the server itself says what it is',
  not_open: 'the client asks for it by itself, and none of its scopes holds it',
} as const satisfies Record<ClaimLeftOut['reason'], string>

const claimRule = (target: ClaimTarget): string =>
  target === 'access_token' ? 'userClaims' : 'OpenID Connect Core 1.0 section 5.4'

/** Adds a path where there is one. */
const at = (path: string | undefined): { readonly path?: string } =>
  path === undefined ? {} : { path }

const lifetimeProperty = {
  access_token: 'accessTokenLifetime',
  id_token: 'identityTokenLifetime',
  refresh_token: 'absoluteRefreshTokenLifetime',
} as const

const descriptions: { readonly [Type in Decision['type']]: DescriptionOf<Type> } = {
  scopes_assumed: ({ scopes, reason }, context) => ({
    rule: 'RFC 6749 section 3.3',
    path: atClient(context, reason === 'default_scopes' ? 'defaultScopes' : 'allowedScopes'),
    sentence: `The request has no scope, so it is taken to ask for ${list(scopes) || 'nothing'}.`,
  }),
  scope_granted: ({ scope }, context) => ({
    rule: scopesProperty(scope),
    path: atClient(context, scopesProperty(scope)),
    sentence: `The scope ${scope} is granted: the client may ask for it.`,
  }),
  scope_refused: (decision, context) => ({
    rule: 'RFC 6749 section 3.3',
    ...at(pathOfRefusal(decision, context)),
    sentence: `The scope ${decision.scope} is refused, and with it the request: ${refusedBecause[decision.reason]}.`,
  }),
  scope_dropped: (decision, context) => ({
    rule: 'RFC 8707 section 2.2',
    ...at(decision.resource && atApi(decision.resource, context, 'scopes')),
    sentence: `The scope ${decision.scope} is left out: ${droppedBecause(decision)}.`,
  }),
  api_included: ({ api, scope, reason }, context) => ({
    rule: reason === 'named' ? 'RFC 8707 section 2' : 'scopes',
    path: atApi(api, context, 'scopes'),
    sentence:
      reason === 'named'
        ? `The API ${api} takes part: the request names it, and it lists the scope ${scope}.`
        : `The API ${api} takes part: it lists the scope ${scope}.`,
  }),
  api_left_out: (decision, context) => ({
    rule: 'RFC 8707 section 2',
    ...at(pathOfApi(decision, context)),
    sentence: `The API ${decision.api} is left out: ${leftOutBecause[decision.reason]}.`,
  }),
  resource_refused: ({ resource }, context) => ({
    rule: 'RFC 8707 section 2',
    ...at(context.locator.api(resource)?.path),
    sentence: `The resource ${resource} is refused: none of the scopes of the request leads to it.`,
  }),
  token_narrowed: ({ resource, reason }) => ({
    rule: 'RFC 8707 section 2.2',
    sentence:
      reason === 'requested'
        ? `The token is for ${resource} alone: the token request names it.`
        : `The token is for ${resource} alone: no other resource was authorized.`,
  }),
  audience_decided: ({ audience }) => ({
    rule: 'RFC 9068 section 3',
    sentence:
      audience.length === 0
        ? 'The access token has no audience: none of its scopes leads to an API resource.'
        : `The audience of the access token is ${list(audience)}.`,
  }),
  algorithm_selected: ({ algorithm, votes }, context) => ({
    rule: 'allowedAccessTokenSigningAlgorithms',
    ...at(votes[0] && atApi(votes[0].api, context, 'allowedAccessTokenSigningAlgorithms')),
    sentence:
      votes.length === 0
        ? `The access token is signed with ${algorithm}, the default of the server: no API asks for another.`
        : `The access token is signed with ${algorithm}, on which its APIs agree: ${votes
            .map(({ api, algorithms }) => `${api} takes ${algorithms.join(' or ')}`)
            .join(', ')}.`,
  }),
  claim_included: ({ claim, target, sources }, { locator }) => ({
    rule: claimRule(target),
    ...at(sources[0] && locator.claim(sources[0])),
    sentence: `The claim ${claim} is in ${nameOfTarget[target]}: ${list(sources.map(nameOfSource))} asks for it.`,
  }),
  claim_left_out: ({ claim, target, sources, reason }, { locator }) => ({
    rule: claimRule(target),
    ...at(sources[0] && locator.claim(sources[0])),
    sentence: `The claim ${claim}, for which ${list(sources.map(nameOfSource))} asks, is not in ${nameOfTarget[target]}: ${claimLeftOutBecause[reason]}.`,
  }),
  lifetime_decided: ({ token, seconds }, context) => ({
    rule: lifetimeProperty[token],
    path: atClient(context, lifetimeProperty[token]),
    sentence: `The ${token.replaceAll('_', ' ').replace('id ', 'ID ')} lives for ${seconds} seconds.`,
  }),
  token_left_out: ({ token, reason }, context) => ({
    rule: token === 'id_token' ? 'OpenID Connect Core 1.0 section 3.1.2.1' : 'RFC 6749 section 1.5',
    ...at(reason === 'no_offline_access' ? atClient(context, 'allowOfflineAccess') : undefined),
    sentence: {
      no_user: `There is no ${token === 'id_token' ? 'ID' : 'refresh'} token: there is no user.`,
      no_openid: 'There is no ID token: the request does not ask for openid.',
      no_offline_access: 'There is no refresh token: the request does not ask for offline_access.',
    }[reason],
  }),
  consent_decided: ({ isRequired }, context) => ({
    rule: 'requireConsent',
    path: atClient(context, 'requireConsent'),
    sentence: isRequired
      ? 'The user is asked for consent; this explanation goes on as if everything was allowed.'
      : 'The user is not asked for consent.',
  }),
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
