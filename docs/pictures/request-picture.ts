import type { Configuration } from '@bailiwick/cli'
import type { ApiLeftOut, Explanation } from '@bailiwick/core'

/** A scope that a request asks for. */
export interface PicturedScope {
  readonly name: string
  readonly kind: 'identity' | 'api' | 'refresh'
  /** `dropped`: granted, and not in this access token. */
  readonly state: 'granted' | 'dropped' | 'refused'
  /** The APIs that list it. */
  readonly leadsTo: readonly string[]
}

/** An API of the configuration. */
export interface PicturedApi {
  readonly name: string
  readonly isInAudience: boolean
  /** What is to be known about it, in two or three words. */
  readonly note: string | undefined
}

/** What somebody is told: a token, or userinfo. */
export interface PicturedAnswer {
  readonly title: string
  readonly claims: readonly string[]
}

/** What a picture of a request shows. */
export interface RequestPicture {
  /** Who asks, and for whom; then the APIs that the request names. */
  readonly caller: readonly string[]
  readonly scopes: readonly PicturedScope[]
  readonly apis: readonly PicturedApi[]
  readonly accessToken:
    | {
        readonly scope: readonly string[]
        readonly aud: readonly string[]
        readonly claims: readonly string[]
      }
    | undefined
  readonly error: string | undefined
  /** What else there is, for the client. */
  readonly answers: readonly PicturedAnswer[]
}

type DecisionType = Explanation['decisions'][number]['type']
type DecisionOf<Type extends DecisionType> = Extract<
  Explanation['decisions'][number],
  { readonly type: Type }
>

const decisionsOf = <Type extends DecisionType>(
  { decisions }: Explanation,
  type: Type,
): readonly DecisionOf<Type>[] =>
  decisions.filter((decision): decision is DecisionOf<Type> => decision.type === type)

const leftOutNotes = {
  isolated: 'isolated, not named',
  not_named: 'another is named',
  not_allowed: 'not for this client',
  in_company: 'isolated',
  not_this_token: 'not this token',
} as const satisfies Record<ApiLeftOut['reason'], string>

const words = (value: unknown): readonly string[] =>
  typeof value === 'string' ? value.split(' ').filter((word) => word !== '') : []

const strings = (value: unknown): readonly string[] =>
  [value ?? []].flat().filter((item) => typeof item === 'string')

const nameOf = (entry: string | { readonly name: string }): string =>
  typeof entry === 'string' ? entry : entry.name

function kindOf(scope: string, { identityResources = [] }: Configuration): PicturedScope['kind'] {
  if (scope === 'offline_access') return 'refresh'
  return identityResources.some((entry) => nameOf(entry) === scope) ? 'identity' : 'api'
}

function stateOf(scope: string, explanation: Explanation): PicturedScope['state'] {
  const is = (decision: { readonly scope: string }): boolean => decision.scope === scope
  if (decisionsOf(explanation, 'scope_refused').some(is)) return 'refused'
  return decisionsOf(explanation, 'scope_dropped').some(is) ? 'dropped' : 'granted'
}

function pictureScopes(
  explanation: Explanation,
  configuration: Configuration,
): readonly PicturedScope[] {
  const [assumed] = decisionsOf(explanation, 'scopes_assumed')
  return (assumed?.scopes ?? words(explanation.request.scope)).map((name) => ({
    name,
    kind: kindOf(name, configuration),
    state: stateOf(name, explanation),
    leadsTo: (configuration.apiResources ?? [])
      .filter(({ scopes = [] }) => scopes.includes(name))
      .map((api) => api.name),
  }))
}

function noteOn(
  {
    name,
    requireResourceIndicator = false,
  }: Readonly<{ name: string; requireResourceIndicator?: boolean }>,
  explanation: Explanation,
): string | undefined {
  if (strings(explanation.accessToken?.claims['aud']).includes(name)) {
    return requireResourceIndicator ? 'isolated, named' : undefined
  }
  const leftOut = decisionsOf(explanation, 'api_left_out').findLast(({ api }) => api === name)
  if (leftOut !== undefined) return leftOutNotes[leftOut.reason]
  const isRefused = decisionsOf(explanation, 'resource_refused').some(
    ({ resource }) => resource === name,
  )
  return isRefused ? 'named, refused' : undefined
}

const pictureApis = (
  explanation: Explanation,
  { apiResources = [] }: Configuration,
): readonly PicturedApi[] =>
  apiResources.map((api) => ({
    name: api.name,
    isInAudience: strings(explanation.accessToken?.claims['aud']).includes(api.name),
    note: noteOn(api, explanation),
  }))

const claimsIn = (
  target: 'access_token' | 'id_token' | 'userinfo',
  explanation: Explanation,
): readonly string[] => [
  ...new Set(
    decisionsOf(explanation, 'claim_included')
      .filter((decision) => decision.target === target)
      .map(({ claim }) => claim),
  ),
]

function pictureAnswers(explanation: Explanation): readonly PicturedAnswer[] {
  const { idToken, userinfo, error } = explanation
  const hasRefreshToken =
    error === undefined &&
    decisionsOf(explanation, 'lifetime_decided').some(({ token }) => token === 'refresh_token')
  const idTokenClaims = [...new Set(['sub', ...claimsIn('id_token', explanation)])]
  return [
    ...(idToken ? [{ title: 'ID token', claims: idTokenClaims }] : []),
    ...(userinfo ? [{ title: 'Userinfo', claims: Object.keys(userinfo) }] : []),
    ...(hasRefreshToken ? [{ title: 'Refresh token', claims: ['all the scopes'] }] : []),
  ]
}

/** Finds what a picture of a request shows, from what is explained of it. */
export function pictureRequest(
  explanation: Explanation,
  configuration: Configuration,
): RequestPicture {
  const { request, accessToken, error } = explanation
  const { clientId, user, resources = [] } = request
  return {
    caller: [
      user === undefined ? `${clientId} asks, for itself` : `${clientId} asks, for ${user.subject}`,
      ...resources.map((resource) => `resource=${resource}`),
    ],
    scopes: pictureScopes(explanation, configuration),
    apis: pictureApis(explanation, configuration),
    accessToken: accessToken && {
      scope: words(accessToken.claims['scope']),
      aud: strings(accessToken.claims['aud']),
      claims: claimsIn('access_token', explanation),
    },
    error: error?.error,
    answers: pictureAnswers(explanation),
  }
}
