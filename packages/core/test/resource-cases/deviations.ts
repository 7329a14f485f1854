import type { CaseExpectation } from './cases.js'

/** Where we answer differently than IdentityServer, on purpose. */
export interface Deviation {
  readonly because: string
  /** In both modes, or only without `compatibility: 'duende'`. */
  readonly in: 'both' | 'strict'
  readonly expect: CaseExpectation
}

const each = (ids: readonly string[], deviation: Deviation): Readonly<Record<string, Deviation>> =>
  Object.fromEntries(ids.map((id) => [id, deviation]))

const allScopes: readonly string[] = [
  'openid',
  'profile',
  'scope1',
  'scope2',
  'scope3',
  'scope4',
  'offline_access',
]

export const deviations: Readonly<Record<string, Deviation>> = {
  'cc-09': {
    because: 'invalid_client is 401 (RFC 6749 section 5.2)',
    in: 'both',
    expect: { status: 401, error: 'invalid_client' },
  },
  'der-21': {
    because: 'APIs that agree on no algorithm are the fault of the request, not of the server',
    in: 'both',
    expect: { status: 400, error: 'invalid_target' },
  },
  'der-23': {
    because: 'an algorithm without a key is found when the configuration is loaded',
    in: 'both',
    expect: { throws: 'apiResources[0].allowedAccessTokenSigningAlgorithms[0]' },
  },
  'alg-10': {
    because: 'a client error takes the place of an exception',
    in: 'both',
    expect: { error: 'invalid_target' },
  },
  'alg-22': {
    because: 'a client error takes the place of an exception',
    in: 'both',
    expect: { error: 'invalid_target' },
  },
  'rv-12': {
    because: 'only named API resources take part',
    in: 'strict',
    expect: {
      succeeded: true,
      apiResources: ['isolated1'],
      apiScopes: ['scope1'],
      offlineAccess: true,
    },
  },
  'clm-17': {
    because: 'offline_access without a user is refused before a token is built',
    in: 'both',
    expect: { error: 'invalid_scope' },
  },
  ...each(['cc-04', 'ext-02'], {
    because: 'sub is required and is the client when there is no user (RFC 9068 section 2.2)',
    in: 'strict',
    expect: {
      status: 200,
      access_token: {
        aud: 'api',
        claimNames: ['iss', 'nbf', 'iat', 'exp', 'aud', 'sub', 'client_id', 'jti', 'scope'],
      },
    },
  }),
  ...each(['azs-02', 'azs-05', 'azs-13', 'azs-14', 'der-30'], {
    because: 'no token passes through the front channel (RFC 9700 section 2.1.2)',
    in: 'both',
    expect: { delivery: 'to client', error: 'unsupported_response_type' },
  }),
  ...each(['cv-07', 'cv-13'], {
    because: 'a request without a required parameter is invalid_request (RFC 6749 section 5.2)',
    in: 'both',
    expect: { status: 400, error: 'invalid_request' },
  }),
  ...each(['az-01', 'az-06'], {
    because: 'of several that were named, a token for all is for those that are not isolated',
    in: 'strict',
    expect: { status: 200, access_token: { aud: ['urn:resource1'], scope: allScopes } },
  }),
  'az-08': {
    because: 'where one resource was named, every token is for that one',
    in: 'strict',
    expect: { status: 200, access_token: { aud: ['urn:resource1'], scope: ['scope1', 'scope2'] } },
  },
  'der-02': {
    because: 'an isolated resource whose scope was granted can be named when the code is redeemed',
    in: 'strict',
    expect: {
      status: 200,
      access_token: { aud: ['urn:resource3'], scope: ['scope3', 'offline_access'] },
    },
  },
  'der-26': {
    because: 'a scope that was withdrawn disappears from the new token, and no other with it',
    in: 'strict',
    expect: {
      status: 200,
      access_token: { aud: ['urn:resource1'], scope: ['scope1', 'offline_access'] },
    },
  },
  'der-27': {
    because: 'tokens are made anew: what is disabled now is in none, whatever was issued before',
    in: 'both',
    expect: {
      status: 200,
      access_token: { aud: 'urn:resource1', claims: { email: 'bob@example.com' } },
    },
  },
  'rts-05': {
    because: 'a token of 10 seconds is over when 10 seconds have passed, so it is used at 9',
    in: 'both',
    expect: { handle: 'same', lifetime: 'age + 10 = 19' },
  },
  'rts-10': {
    because:
      'a token that was used is kept, so that a second use is noticed (RFC 9700 section 4.14.2)',
    in: 'both',
    expect: { oldHandle: 'kept, consumed time set', creationTime: 'copied', lifetime: 'copied' },
  },
  'cons-03': {
    because: 'there is no authorization request without a scope, so nobody is asked about one',
    in: 'both',
    expect: { consentRequired: false, error: 'invalid_request' },
  },
  'int-04': {
    because: 'a request without a required parameter is invalid_request (RFC 6749 section 5.2)',
    in: 'both',
    expect: { status: 400, error: 'invalid_request' },
  },
  'rev-10': {
    because: 'invalid_client is 401 (RFC 6749 section 5.2)',
    in: 'both',
    expect: { status: 401, error: 'invalid_client' },
  },
  'rev-12': {
    because: 'a token is found whatever an unknown token_type_hint says (RFC 7009 section 2.1)',
    in: 'both',
    expect: { status: 200, tokenAfter: 'inactive' },
  },
  'der-18': {
    because: 'an API is told of no token whose audience is another one',
    in: 'both',
    expect: { status: 200, active: false },
  },
  'der-19': {
    because: 'scopes are taken apart before they are compared, so an API finds its own',
    in: 'both',
    expect: { status: 200, active: true, scope: 'transaction:123' },
  },
  'ui-07': {
    because: 'sub is the one of the token: what the profile service says of it is not looked at',
    in: 'both',
    expect: { status: 200, sub: 'bob', email: 'bob@example.com' },
  },
}

/**
 * Where an error is shown. IdentityServer keeps most errors of an authorization request from the client; with us it is
 * told all that happens after it is known (RFC 6749 section 4.1.2.1), by an answer that names this server.
 */
const withDelivery = ({ delivery, ...expectation }: CaseExpectation): CaseExpectation => ({
  ...expectation,
  ...(delivery !== undefined && { delivery: delivery.replace(/^local error page.*/, 'to client') }),
})

/** What a case must come to in a mode. */
export function expectationOf(
  id: string,
  expectation: CaseExpectation,
  mode: 'strict' | 'duende',
): CaseExpectation {
  const deviation = deviations[id]
  if (deviation === undefined) return withDelivery(expectation)
  return deviation.in === 'both' || mode === 'strict' ? deviation.expect : withDelivery(expectation)
}
