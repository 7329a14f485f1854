import type { Compatibility } from '../../compatibility.js'
import type { AlgorithmVotes, LifetimeDecided, TokenLeftOut } from '../../decision.js'
import { atApi, atClient, enumerate, pathed } from './description.js'
import type { DescriptionContext, Descriptions } from './description.js'

const nameOfToken = {
  access_token: 'access token',
  id_token: 'ID token',
  refresh_token: 'refresh token',
} as const satisfies Record<LifetimeDecided['token'], string>

const lifetimeProperty = {
  access_token: () => 'accessTokenLifetime',
  id_token: () => 'identityTokenLifetime',
  refresh_token: ({ clientId, locator }) =>
    locator.client(clientId)?.entry.refreshTokenExpiration === 'sliding'
      ? 'slidingRefreshTokenLifetime'
      : 'absoluteRefreshTokenLifetime',
} as const satisfies Record<LifetimeDecided['token'], (context: DescriptionContext) => string>

const leftOutBecause = {
  no_user: 'there is no user',
  no_openid: 'the scope openid is not granted',
  no_offline_access: 'the scope offline_access is not granted',
} as const satisfies Record<TokenLeftOut['reason'], string>

const sayVotes = (votes: AlgorithmVotes): string =>
  enumerate(votes.map(({ api, algorithms }) => `${api} takes ${algorithms.join(' or ')}`))

const pathOfVotes = ([first]: AlgorithmVotes, context: DescriptionContext) =>
  pathed(first && atApi(first.api, context, 'allowedAccessTokenSigningAlgorithms'))

const differences = {
  keepsUnnamedResources: 'An API takes part although the request names others',
  issuesEmptyTokens: 'The token is for a resource without a scope of it',
  widensWithoutResource: 'The token is for more APIs than the authorization request named',
  passesUnknownResources: 'The resource of the token request is not checked',
  failsRefreshOnWithdrawal: 'A scope that was withdrawn makes the refresh fail',
  ignoresScopeAtRefresh: 'The scope of the refresh is ignored',
  writesScopeAsList: 'The scope is a list in the access token',
  omitsSubjectWithoutUser: 'The access token has no sub, because there is no user',
} as const satisfies Record<keyof Compatibility, string>

/** Puts in words which tokens there are, and what they are made with. */
export const describeTokens: Descriptions<
  | 'algorithm_selected'
  | 'algorithms_disagree'
  | 'lifetime_decided'
  | 'token_left_out'
  | 'consent_decided'
  | 'compatibility_applied'
> = {
  algorithm_selected: ({ algorithm, votes }, context) => ({
    rule: 'allowedAccessTokenSigningAlgorithms',
    ...pathOfVotes(votes, context),
    sentence:
      votes.length === 0
        ? `The access token is signed with ${algorithm}, the default: no API of it minds.`
        : `The access token is signed with ${algorithm}: ${sayVotes(votes)}.`,
  }),
  algorithms_disagree: ({ votes }, context) => ({
    rule: 'allowedAccessTokenSigningAlgorithms',
    ...pathOfVotes(votes, context),
    sentence: `There is no access token, because its APIs agree on no signing algorithm: ${sayVotes(votes)}.`,
  }),
  lifetime_decided: ({ token, seconds }, context) => ({
    rule: lifetimeProperty[token](context),
    path: atClient(context, lifetimeProperty[token](context)),
    sentence: `The ${nameOfToken[token]} lives for ${seconds} seconds.`,
  }),
  token_left_out: ({ token, reason }) => ({
    rule: token === 'id_token' ? 'OpenID Connect Core 1.0 section 3.1.2.1' : 'RFC 6749 section 1.5',
    sentence: `There is no ${nameOfToken[token]}: ${leftOutBecause[reason]}.`,
  }),
  consent_decided: ({ isRequired }, context) => ({
    rule: 'requireConsent',
    path: atClient(context, 'requireConsent'),
    sentence: isRequired ? 'The user is asked for consent.' : 'The user is not asked for consent.',
  }),
  compatibility_applied: ({ difference }) => ({
    rule: `compatibility: ${difference}`,
    path: 'compatibility',
    sentence: `${differences[difference]}, as compatibility with IdentityServer asks for.`,
  }),
}
