import { isResourceIndicator } from '@bailiwick/protocol'
import type { AlgorithmsDisagree, TokenLeftOut } from '../../decision.js'
import { atClient } from '../describe/description.js'
import type { DescriptionContext } from '../describe/description.js'
import { decisionsOf } from '../outcome.js'
import type { DecisionOf, Outcome } from '../outcome.js'
import { isAllowed } from './suggest-for-scopes.js'
import type { Change, Suggest } from './suggestion.js'

const scopeByToken = { id_token: 'openid', refresh_token: 'offline_access' } as const

function changeForToken({ token }: TokenLeftOut, context: DescriptionContext): Change {
  const scope = scopeByToken[token]
  if (isAllowed(scope, context)) return { change: `Send the scope ${scope}.` }
  const path = atClient(context, scope === 'openid' ? 'allowedScopes' : 'allowOfflineAccess')
  const allow = scope === 'openid' ? `Add 'openid' to ${path}` : `Set ${path} to true`
  return { change: `${allow}, and send the scope ${scope}.`, path }
}

function changeForAlgorithms({ votes }: AlgorithmsDisagree): Change {
  const named = votes.map(({ api }) => api)
  return named.every(isResourceIndicator)
    ? { change: `Send ${named.map((api) => `resource=${api}`).join(' or ')}.` }
    : { change: 'Ask for the scopes of one of them at a time.' }
}

const forNeededResources: Suggest = (outcome) =>
  decisionsOf(outcome, 'resource_needed').map(({ resources, sentence }) => ({
    missing: { kind: 'token', names: ['access_token'] },
    because: sentence,
    change: `Send ${resources.map((resource) => `resource=${resource}`).join(' or ')} in the token request.`,
  }))

const forAlgorithms: Suggest = (outcome) =>
  decisionsOf(outcome, 'algorithms_disagree').map((decision) => ({
    missing: { kind: 'token', names: ['access_token'] },
    because: decision.sentence,
    ...changeForAlgorithms(decision),
  }))

/** Why there is no refresh token to use. */
const forUnusable: Suggest = (outcome, context) =>
  decisionsOf(outcome, 'token_left_out')
    .filter(({ token }) => token === 'refresh_token' && outcome.error?.phase === 'refresh')
    .map((decision) => ({
      missing: { kind: 'token', names: ['refresh_token'] },
      because: decision.sentence,
      ...(decision.reason === 'no_user'
        ? { change: 'Use a grant with a user, such as authorization_code.' }
        : changeForToken(decision, context)),
    }))

/** Finds why there is no token at all. */
export const suggestForFailures: Suggest = (outcome, context) =>
  [forNeededResources, forAlgorithms, forUnusable].flatMap((find) => find(outcome, context))

/** A client that never has an ID token or a refresh token does not miss it. */
function isExpected(
  { token, reason }: DecisionOf<'token_left_out'>,
  { clientId, locator }: DescriptionContext,
): boolean {
  if (reason === 'no_user') return false
  const client = locator.client(clientId)?.entry
  return token === 'id_token'
    ? client?.allowedScopes?.includes('openid') === true
    : client?.allowOfflineAccess === true
}

/** Userinfo takes tokens with the scope openid only, which those that are narrowed to an API have not. */
function forUserinfo({ accessToken, idToken, userinfo }: Outcome): ReturnType<Suggest> {
  if (accessToken === undefined || idToken === undefined || userinfo !== undefined) return []
  return [
    {
      missing: { kind: 'token', names: ['userinfo'] },
      because: 'Userinfo does not take the access token, which has not the scope openid.',
      change: 'Ask for another token without resource.',
    },
  ]
}

/** Finds tokens, and userinfo, that could have come with the access token. */
export const suggestForTokens: Suggest = (outcome, context) => [
  ...decisionsOf(outcome, 'token_left_out')
    .filter((decision) => isExpected(decision, context))
    .map((decision) => ({
      missing: { kind: 'token', names: [decision.token] } as const,
      because: decision.sentence,
      ...changeForToken(decision, context),
    })),
  ...forUserinfo(outcome),
]
