import type { ResourceDefinitions } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createAuthorizationServer } from '../../src/index.js'
import type { Decision, ExplainRequest, Explanation } from '../../src/index.js'
import { peopleServer, spa, web } from '../support/people.js'
import { client, issuer, signingKeys, testServer } from '../support/server.js'

const user = { subject: 'alice', amr: ['pwd'] }
const asWeb = { clientId: 'web', user } as const

type Told = Explanation['decisions'][number]

const tell = ({ decisions }: Explanation, type: Told['type']): readonly string[] =>
  decisions.filter((decision) => decision.type === type).map(({ sentence }) => sentence)

const explainAsWeb = (request: Partial<ExplainRequest>): Promise<Explanation> =>
  peopleServer().explain({ ...asWeb, ...request })

/** A server on which two APIs want different algorithms. */
const disagreeing = () =>
  testServer({
    clients: [{ ...client, allowedScopes: ['a', 'b'] }],
    resources: {
      apiScopes: ['a', 'b'],
      apiResources: [
        { name: 'urn:a', scopes: ['a'], allowedAccessTokenSigningAlgorithms: ['PS256'] },
        { name: 'urn:b', scopes: ['b'], allowedAccessTokenSigningAlgorithms: ['ES256'] },
      ],
    } satisfies ResourceDefinitions,
  })

describe('a decision', () => {
  it('tells its rule, its path in the configuration and when it was made', async () => {
    const { decisions } = await explainAsWeb({ scope: 'openid read' })
    expect(decisions).toContainEqual({
      type: 'api_left_out',
      api: 'urn:vault',
      scope: 'read',
      reason: 'isolated',
      rule: 'RFC 8707 section 2',
      path: 'apiResources[2].requireResourceIndicator',
      sentence: 'The API urn:vault is left out: it is isolated and the request does not name it.',
      phase: 'authorization',
    })
  })

  it('is told once, however often it is made', async () => {
    const { decisions } = await explainAsWeb({ scope: 'openid read' })
    const sentences = decisions.map(({ sentence, type, phase }) => [sentence, type, phase].join())
    expect(sentences.filter((text) => text.includes('The scope read is granted'))).toHaveLength(1)
  })
})

describe.each<[string, Partial<ExplainRequest>, Decision['type'], readonly string[]]>([
  [
    'a scope that is granted',
    { scope: 'read' },
    'scope_granted',
    ['The scope read is granted: the client may ask for it.'],
  ],
  [
    'a scope that nobody declares',
    { scope: 'raed' },
    'scope_refused',
    [
      'The scope raed is refused, and the whole request with it: no scope of this name is declared and enabled.',
    ],
  ],
  [
    'scopes that the user does not allow',
    { scope: 'openid read', authorizationParameters: { prompt: 'consent' }, consent: ['openid'] },
    'scope_dropped',
    ['The scope read is left out: the user does not allow it.'],
  ],
  [
    'a consent that is asked for',
    { scope: 'read', authorizationParameters: { prompt: 'consent' } },
    'consent_decided',
    ['The user is asked for consent.'],
  ],
  [
    'a consent that is not asked for',
    { scope: 'read' },
    'consent_decided',
    ['The user is not asked for consent.'],
  ],
  [
    'scopes of other APIs than the one that is named',
    { scope: 'read pay', resources: ['urn:payments'] },
    'scope_dropped',
    ['The scope read is left out: the token is for urn:payments, which does not list it.'],
  ],
  [
    'a token that is narrowed because nothing else was authorized',
    { scope: 'read', resources: ['urn:invoices'] },
    'token_narrowed',
    ['The token is for urn:invoices alone: the authorization request named no other.'],
  ],
  [
    'a token that the token request narrows',
    { scope: 'read', tokenResource: 'urn:vault' },
    'token_narrowed',
    ['The token is for urn:vault alone: the token request names it.'],
  ],
  [
    'an API that another token of the same authorization can be for',
    { scope: 'read', resources: ['urn:vault', 'urn:invoices'], tokenResource: 'urn:invoices' },
    'api_left_out',
    [
      'The API urn:vault is left out: this token is for another of the resources that were authorized.',
    ],
  ],
  [
    'an API that is isolated and in company',
    { scope: 'read', resources: ['urn:vault', 'urn:invoices'] },
    'api_left_out',
    [
      'The API urn:vault is left out: this token is for another of the resources that were authorized.',
    ],
  ],
  [
    'a resource that no scope leads to',
    { scope: 'pay', resources: ['urn:invoices'] },
    'resource_refused',
    [
      'The resource urn:invoices is refused, and the whole request with it: no scope of the request leads to it for this client.',
    ],
  ],
  [
    'a resource that was not authorized',
    { scope: 'read pay', resources: ['urn:invoices'], tokenResource: 'urn:payments' },
    'resource_refused',
    [
      'The resource urn:payments is refused, and the whole request with it: the authorization request named others.',
    ],
  ],
  [
    'a resource that is no URI',
    { scope: 'read', resources: ['invoices'] },
    'resource_refused',
    ['The resource invoices is refused, and the whole request with it: it is not an absolute URI.'],
  ],
  [
    'an audience',
    { scope: 'read pay' },
    'audience_decided',
    ['The audience of the access token is urn:invoices and urn:payments.'],
  ],
  [
    'the lack of an audience',
    { scope: 'openid' },
    'audience_decided',
    ['The access token has no audience: none of its scopes leads to an API.'],
  ],
  [
    'the default algorithm',
    { scope: 'read' },
    'algorithm_selected',
    ['The access token is signed with RS256, the default: no API of it minds.'],
  ],
  [
    'how long each token lives',
    { scope: 'openid offline_access' },
    'lifetime_decided',
    [
      'The access token lives for 3600 seconds.',
      'The ID token lives for 300 seconds.',
      'The refresh token lives for 2592000 seconds.',
    ],
  ],
  [
    'tokens that are not issued',
    { scope: 'read' },
    'token_left_out',
    [
      'There is no ID token: the scope openid is not granted.',
      'There is no refresh token: the scope offline_access is not granted.',
    ],
  ],
  [
    'a refresh that asks for less',
    { scope: 'read pay offline_access', refresh: { scope: 'read' } },
    'scope_dropped',
    [
      'The scope pay is left out: the refresh asks for others.',
      'The scope offline_access is left out: the refresh asks for others.',
    ],
  ],
  [
    'a refresh that asks for more',
    { scope: 'read offline_access', refresh: { scope: 'pay' } },
    'scope_refused',
    [
      'The scope pay is refused, and the whole request with it: a refresh cannot ask for more than was granted.',
    ],
  ],
  [
    'a scope that was withdrawn since',
    { authorized: { scopes: ['read', 'gone', 'offline_access'] }, refresh: {} },
    'scope_dropped',
    ['The scope gone is left out: what was granted once cannot be had any more.'],
  ],
  [
    'the one isolated resource that is left of several',
    { authorized: { scopes: ['read', 'pay'], resources: ['urn:vault', 'urn:gone'] } },
    'resource_needed',
    ['The token request has to name urn:vault, because it is isolated.'],
  ],
])('tells of %s', (_, request, type, sentences) => {
  it('in plain sentences', async () => {
    expect(tell(await explainAsWeb(request), type)).toEqual(sentences)
  })
})

describe('tells of claims', () => {
  const server = () =>
    peopleServer({
      resources: {
        identityResources: ['openid', 'email'],
        apiScopes: [{ name: 'read', userClaims: ['email', 'sub'] }, 'write'],
        apiResources: [{ name: 'urn:api', scopes: ['read'], userClaims: ['email', 'department'] }],
      },
      clients: [
        {
          ...web,
          allowedScopes: ['openid', 'email', 'read'],
          claims: { tier: 'gold' },
          alwaysIncludeUserClaimsInIdToken: false,
        },
      ],
    })

  it('and who asks for them', async () => {
    const explanation = await server().explain({ ...asWeb, scope: 'openid email read' })
    expect(tell(explanation, 'claim_included')).toEqual([
      'The claim email is in the access token: the API urn:api and the scope read ask for it.',
      'The claim email is in userinfo: the identity resource email asks for it.',
    ])
    expect(tell(explanation, 'claim_left_out')).toEqual([
      'The claim department is not in the access token, though the API urn:api asks for it: the profile service gives no value.',
      'The claim client_tier is not in the access token, though the client web has it: claims of the client stay out of tokens about a user.',
      'The claim email is not in the ID token, though the identity resource email asks for it: the client can ask userinfo.',
      'The claim email_verified is not in the ID token, though the identity resource email asks for it: the client can ask userinfo.',
      'The claim email_verified is not in userinfo, though the identity resource email asks for it: the profile service gives no value.',
    ])
  })

  it('and of each other claim where it comes from', async () => {
    const { accessToken, idToken, decisions } = await server().explain({
      ...asWeb,
      scope: 'openid email read',
    })
    for (const [target, token] of [
      ['access_token', accessToken],
      ['id_token', idToken],
    ] as const) {
      const told = decisions.flatMap((decision) =>
        'claim' in decision && decision.target === target && decision.type !== 'claim_left_out'
          ? [decision.claim]
          : [],
      )
      expect(told.toSorted()).toEqual(Object.keys(token?.claims ?? {}).toSorted())
    }
    const expiry = decisions.find((decision) => 'claim' in decision && decision.claim === 'exp')
    expect(expiry).toMatchObject({ path: 'clients[0].accessTokenLifetime' })
  })

  it('that the client asks for one by one', async () => {
    const explanation = await server().explain({
      ...asWeb,
      scope: 'openid',
      claims: JSON.stringify({
        id_token: { email: { value: 'bob@example.com' }, department: null },
      }),
    })
    expect(tell(explanation, 'claim_left_out').slice(1)).toEqual([
      'The claim email is not in the ID token, though the claims parameter of the request asks for it: its value is none of those that the client asks for.',
      'The claim department is not in the ID token, though the claims parameter of the request asks for it: the client has no scope that stands for it.',
    ])
  })
})

describe('tells of clients without a user', () => {
  it('which scopes are assumed', async () => {
    const explanation = await testServer().explain({ clientId: 'client' })
    expect(tell(explanation, 'scopes_assumed')).toEqual([
      'The request has no scope, so it is taken to ask for read and write.',
    ])
  })

  it('which scopes need one', async () => {
    const explanation = await peopleServer({
      clients: [{ ...web, allowedGrantTypes: ['client_credentials'], allowOfflineAccess: false }],
    }).explain({ clientId: 'web', scope: 'openid' })
    expect(tell(explanation, 'scope_refused')).toEqual([
      'The scope openid is refused, and the whole request with it: it is about a user, and this grant has none.',
    ])
  })

  it('which algorithms its APIs chose', async () => {
    const explanation = await disagreeing().explain({ clientId: 'client', scope: 'a' })
    expect(tell(explanation, 'algorithm_selected')).toEqual([
      'The access token is signed with PS256: urn:a takes PS256.',
    ])
    expect(explanation.accessToken?.header).toMatchObject({ alg: 'PS256', typ: 'at+jwt' })
  })

  it('on which algorithms its APIs disagree', async () => {
    const explanation = await disagreeing().explain({ clientId: 'client', scope: 'a b' })
    expect(tell(explanation, 'algorithms_disagree')).toEqual([
      'There is no access token, because its APIs agree on no signing algorithm: urn:a takes PS256 and urn:b takes ES256.',
    ])
    expect(explanation.error).toMatchObject({ error: 'invalid_target', phase: 'token' })
  })

  it('that the static audience was added', async () => {
    const server = testServer({ emitStaticAudienceClaim: true })
    const explanation = await server.explain({ clientId: 'client', scope: 'read' })
    expect(tell(explanation, 'audience_decided')).toEqual([
      `The audience of the access token is urn:api and ${issuer}/resources, the last because of emitStaticAudienceClaim.`,
    ])
  })

  it('that an API is not open to the client', async () => {
    const server = testServer({ clients: [{ ...client, allowedResources: [] }] })
    const explanation = await server.explain({ clientId: 'client', scope: 'read' })
    expect(explanation.decisions).toContainEqual(
      expect.objectContaining({
        sentence: 'The API urn:api is left out: the client may have no token for it.',
        path: 'clients[0].allowedResources',
      }),
    )
  })
})

describe("tells what compatibility: 'duende' changes", () => {
  const server = () => peopleServer({ compatibility: 'duende' })
  const differencesOf = async (request: Partial<ExplainRequest>): Promise<readonly unknown[]> => {
    const { decisions } = await server().explain({ ...asWeb, ...request })
    return decisions.flatMap((decision) =>
      decision.type === 'compatibility_applied' ? [decision.difference] : [],
    )
  }
  const scope = 'read pay offline_access'

  it.each<[string, Partial<ExplainRequest>]>([
    ['keepsUnnamedResources', { scope, resources: ['urn:payments'] }],
    ['widensWithoutResource', { scope, resources: ['urn:payments'] }],
    ['passesUnknownResources', { scope, tokenResource: 'urn:invoices' }],
    ['issuesEmptyTokens', { scope, tokenResource: 'urn:unknown' }],
    ['ignoresScopeAtRefresh', { scope, refresh: { scope: 'read' } }],
    [
      'failsRefreshOnWithdrawal',
      { authorized: { scopes: ['read', 'gone', 'offline_access'] }, refresh: {} },
    ],
    ['writesScopeAsList', { scope }],
  ])('%s', async (difference, request) => {
    expect(await differencesOf(request)).toContain(difference)
  })

  it('omitsSubjectWithoutUser', async () => {
    const explanation = await testServer({ compatibility: 'duende' }).explain({
      clientId: 'client',
      scope: 'read',
    })
    expect(tell(explanation, 'compatibility_applied')).toContain(
      'The access token has no sub, because there is no user, as compatibility with IdentityServer asks for.',
    )
  })

  it('and nothing where it changes nothing', async () => {
    expect(await differencesOf({ scope: 'openid' })).toEqual(['writesScopeAsList'])
    const strict = await explainAsWeb({ scope, refresh: { scope: 'read' } })
    expect(tell(strict, 'compatibility_applied')).toEqual([])
  })
})

it('names one of several isolated resources as what is needed', async () => {
  const server = peopleServer({
    resources: {
      apiScopes: ['read'],
      apiResources: ['urn:safe', 'urn:vault'].map((name) => ({
        name,
        scopes: ['read'],
        requireResourceIndicator: true,
      })),
    },
    clients: [{ ...spa, allowedScopes: ['read'] }],
  })
  const explanation = await server.explain({
    clientId: 'spa',
    user,
    scope: 'read',
    resources: ['urn:vault', 'urn:safe'],
  })
  expect(tell(explanation, 'resource_needed')).toEqual([
    'The token request has to name one of urn:vault and urn:safe, because they are isolated: a token is for one of them alone.',
  ])
  expect(explanation.suggestions.map(({ change }) => change)).toEqual([
    'Send resource=urn:vault or resource=urn:safe in the token request.',
  ])
})

it('leaves nothing behind, and asks nobody for anything', async () => {
  const events: unknown[] = []
  const server = createAuthorizationServer<ResourceDefinitions>({
    issuer,
    resources: { identityResources: ['openid'] },
    clients: [{ ...web, allowedScopes: ['openid'] }],
    signingKeys,
    store: {
      insert: () => Promise.reject(new Error('insert')),
      find: () => Promise.reject(new Error('find')),
      take: () => Promise.reject(new Error('take')),
      replace: () => Promise.reject(new Error('replace')),
      removeAll: () => Promise.reject(new Error('removeAll')),
      list: () => Promise.reject(new Error('list')),
      removeExpired: () => Promise.reject(new Error('removeExpired')),
    },
    onEvent: (event) => events.push(event),
  })
  const explanation = await server.explain({
    ...asWeb,
    scope: 'openid offline_access',
    refresh: {},
  })
  expect(explanation.error).toBeUndefined()
  expect(explanation.idToken?.claims).toMatchObject({ sub: 'alice', aud: 'web' })
  expect(events).toEqual([])
})
