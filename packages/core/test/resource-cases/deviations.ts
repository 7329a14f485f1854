import type { CaseExpectation } from './cases.js'

/** Where we answer differently than IdentityServer, on purpose. */
export interface Deviation {
  readonly because: string
  /** In both modes, or only without `compatibility: 'duende'`. */
  readonly in: 'both' | 'strict'
  readonly expect: CaseExpectation
}

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
  ...Object.fromEntries(
    ['cc-04', 'ext-02'].map((id) => [
      id,
      {
        because: 'sub is required and is the client when there is no user (RFC 9068 section 2.2)',
        in: 'strict',
        expect: {
          status: 200,
          access_token: {
            aud: 'api',
            claimNames: ['iss', 'nbf', 'iat', 'exp', 'aud', 'sub', 'client_id', 'jti', 'scope'],
          },
        },
      } as const satisfies Deviation,
    ]),
  ),
}

/** What a case must come to in a mode. */
export function expectationOf(
  id: string,
  expectation: CaseExpectation,
  mode: 'strict' | 'duende',
): CaseExpectation {
  const deviation = deviations[id]
  if (deviation === undefined) return expectation
  return deviation.in === 'both' || mode === 'strict' ? deviation.expect : expectation
}
