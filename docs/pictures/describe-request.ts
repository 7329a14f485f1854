import type { PicturedApi, PicturedScope, RequestPicture } from './request-picture.js'

const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '))

function describeScope({ name, state, leadsTo }: PicturedScope): string {
  if (state === 'refused') return `${name} (refused)`
  const leads = leadsTo.length === 0 ? '' : `, which leads to ${leadsTo.join(' and ')}`
  return state === 'dropped' ? `${name} (not in this token)${leads}` : `${name}${leads}`
}

const describeScopes = (
  heading: string,
  kind: PicturedScope['kind'],
  { scopes }: RequestPicture,
): readonly string[] => {
  const ofKind = scopes.filter((scope) => scope.kind === kind)
  return ofKind.length === 0 ? [] : [`${heading}: ${ofKind.map(describeScope).join('; ')}.`]
}

const describeApi = ({ name, note }: PicturedApi): readonly string[] =>
  note === undefined ? [] : [`${name}: ${note}.`]

/** Says in words what a picture of a request shows. */
export function describeRequest(picture: RequestPicture): string {
  const { caller, apis, accessToken, error, answers } = picture
  return [
    `${caller.join(', ')}.`,
    ...describeScopes('Identity resources', 'identity', picture),
    ...describeScopes('API scopes', 'api', picture),
    ...describeScopes('For a refresh token', 'refresh', picture),
    ...apis.flatMap(describeApi),
    ...(accessToken
      ? [
          `Access token: aud ${list(accessToken.aud)}; scope ${list(accessToken.scope)}${accessToken.claims.length > 0 ? `; ${list(accessToken.claims)}` : ''}.`,
        ]
      : []),
    ...(error === undefined ? [] : [`No token: ${error}.`]),
    ...answers.map(({ title, claims }) => `${title}: ${list(claims)}.`),
  ].join(' ')
}
