import { describe, expect, it } from 'vitest'
import type { AuthorizationServerOptions, ExplainRequest, Suggestion } from '../../src/index.js'
import { nearest } from '../../src/explain/suggest/nearest.js'
import { peopleServer, resources, web } from '../support/people.js'
import { client, testServer } from '../support/server.js'

const user = { subject: 'alice' }

const suggestionsFor = async (
  request: Partial<ExplainRequest>,
  options: Partial<AuthorizationServerOptions> = {},
): Promise<readonly Suggestion[]> =>
  (await peopleServer(options).explain({ clientId: 'web', user, ...request })).suggestions

/** What is missing, why and what gives it: in one line each. */
const spoken = (suggestions: readonly Suggestion[]): readonly string[] =>
  suggestions.map(({ because, change }) => `${because} ${change}`)

const withClient = (changes: Partial<typeof web>): Partial<AuthorizationServerOptions> => ({
  clients: [{ ...web, allowOfflineAccess: false, allowedScopes: ['read', 'pay'], ...changes }],
})

describe('suggests', () => {
  it('to name an isolated API', async () => {
    expect(spoken(await suggestionsFor({ scope: 'read' }, withClient({})))).toEqual([
      'aud has no urn:vault: it is isolated and the request does not name it. Send resource=urn:vault.',
    ])
  })

  it.each<[string, Partial<ExplainRequest>, Partial<AuthorizationServerOptions>, string]>([
    [
      'to spell a scope right',
      { scope: 'raed' },
      {},
      "The scope raed is refused, and the whole request with it: no scope of this name is declared and enabled. Send read instead, or declare 'raed' in apiScopes.",
    ],
    [
      'to spell a scope right and to allow it',
      { scope: 'wriet' },
      withClient({}),
      "The scope wriet is refused, and the whole request with it: no scope of this name is declared and enabled. Send write instead, and add 'write' to clients[0].allowedScopes.",
    ],
    [
      'to declare a scope',
      { scope: 'something-else' },
      {},
      "The scope something-else is refused, and the whole request with it: no scope of this name is declared and enabled. Declare it: add 'something-else' to apiScopes.",
    ],
    [
      'to allow a scope',
      { scope: 'write' },
      withClient({}),
      "The scope write is refused, and the whole request with it: the client may not ask for it. Add 'write' to clients[0].allowedScopes.",
    ],
    [
      'to allow offline access',
      { scope: 'read offline_access' },
      withClient({}),
      'The scope offline_access is refused, and the whole request with it: the client may not ask for it. Set clients[0].allowOfflineAccess to true.',
    ],
    [
      'to send another scope with a resource',
      { scope: 'pay', resources: ['urn:invoices'] },
      {},
      'The resource urn:invoices is refused, and the whole request with it: no scope of the request leads to it for this client. Send one of read, write and shared.',
    ],
    [
      'to open an API to the client',
      { scope: 'read', resources: ['urn:invoices'] },
      withClient({ allowedResources: ['urn:vault'] }),
      "The resource urn:invoices is refused, and the whole request with it: no scope of the request leads to it for this client. Add 'urn:invoices' to clients[0].allowedResources.",
    ],
    [
      'to use the name of an API as it is',
      { scope: 'read', resources: ['invoices'] },
      {},
      'The resource invoices is refused, and the whole request with it: it is not an absolute URI. Send resource=urn:invoices instead.',
    ],
    [
      'to authorize a resource before',
      { scope: 'read pay', resources: ['urn:invoices'], tokenResource: 'urn:payments' },
      {},
      'The resource urn:payments is refused, and the whole request with it: the authorization request named others. Send resource=urn:payments in the authorization request too.',
    ],
    [
      'to ask for a refresh token before it is used',
      { scope: 'read', refresh: {} },
      {},
      'There is no refresh token: the scope offline_access is not granted. Send the scope offline_access.',
    ],
  ])('%s, and nothing else when the request fails', async (_, request, options, suggestion) => {
    expect(spoken(await suggestionsFor(request, options))).toEqual([suggestion])
  })

  it('to give a withdrawn scope back', async () => {
    const request = { authorized: { scopes: ['read', 'write', 'raed'] }, refresh: {} }
    expect(spoken(await suggestionsFor(request, withClient({ allowOfflineAccess: true })))).toEqual(
      expect.arrayContaining([
        "The scope write is left out: what was granted once cannot be had any more. Add 'write' to clients[0].allowedScopes.",
        "The scope raed is left out: what was granted once cannot be had any more. Send read instead, or declare 'raed' in apiScopes.",
      ]),
    )
  })

  it('to ask for the other APIs too', async () => {
    const request = { scope: 'read pay', resources: ['urn:invoices'] }
    expect(spoken(await suggestionsFor(request, withClient({})))).toEqual([
      'aud has no urn:vault: it is isolated and the request does not name it. Send resource=urn:vault.',
      'aud has no urn:payments: the request names others. Send resource=urn:payments, or no resource at all.',
      'The scope pay is left out: the token is for urn:invoices, which does not list it. Ask for another token for an API that lists pay, or add it to apiResources[0].scopes.',
    ])
  })

  it('an API for a scope that none lists', async () => {
    const lonely = { ...resources, apiScopes: ['read', 'write', 'pay', 'shared', 'audit'] }
    const options = { ...withClient({ allowedScopes: ['audit'] }), resources: lonely }
    expect(spoken(await suggestionsFor({ scope: 'audit' }, options))).toEqual([
      "The scope audit adds nobody to aud: no API lists it. Add 'audit' to the scopes of the API resource that it belongs to.",
    ])
  })

  it('where userinfo is to be had, and the claims that are only there', async () => {
    const allowed = withClient({ allowedScopes: ['openid', 'email', 'pay'] })
    const narrowed = await suggestionsFor(
      { scope: 'openid pay', tokenResource: 'urn:payments' },
      allowed,
    )
    expect(spoken(narrowed)).toContain(
      'Userinfo does not take the access token, which has not the scope openid. Ask for another token without resource.',
    )
    const whole = await suggestionsFor({ scope: 'openid email' }, allowed)
    expect(whole[0]).toEqual({
      missing: { kind: 'claim', names: ['email'] },
      because:
        'The claim email is not in the ID token, though the identity resource email asks for it: the client can ask userinfo.',
      change:
        'Ask the userinfo endpoint, or set clients[0].alwaysIncludeUserClaimsInIdToken to true.',
      path: 'clients[0].alwaysIncludeUserClaimsInIdToken',
    })
  })

  it('one token for each of APIs that agree on no algorithm', async () => {
    const apis = (prefix: string) => ({
      apiScopes: ['read', 'write'],
      apiResources: [
        {
          name: `${prefix}a`,
          scopes: ['read'],
          allowedAccessTokenSigningAlgorithms: ['PS256' as const],
        },
        {
          name: `${prefix}b`,
          scopes: ['write'],
          allowedAccessTokenSigningAlgorithms: ['ES256' as const],
        },
      ],
    })
    const changes = async (prefix: string) => {
      const server = testServer({ resources: apis(prefix), clients: [client] })
      const { suggestions } = await server.explain({ clientId: 'client' })
      return suggestions.map(({ change }) => change)
    }
    expect(await changes('urn:')).toEqual(['Send resource=urn:a or resource=urn:b.'])
    expect(await changes('')).toEqual(['Ask for the scopes of one of them at a time.'])
  })

  it('nothing where nothing is missing', async () => {
    const server = testServer()
    const { suggestions } = await server.explain({ clientId: 'client', scope: 'read' })
    expect(suggestions).toEqual([])
  })
})

describe('the nearest name', () => {
  it.each([
    ['raed', ['read', 'write'], 'read'],
    ['urn:invoice', ['urn:invoices', 'urn:orders'], 'urn:invoices'],
    ['READ', ['write', 'read'], 'read'],
    ['delete', ['read', 'write'], undefined],
    ['a', ['xyz'], undefined],
  ])('to %s among %j is %s', (name, names, expected) => {
    expect(nearest(name, names)).toBe(expected)
  })
})
