import { describe, expect, it } from 'vitest'
import type { ExplainRequest, WhyNotAnswer } from '../../src/index.js'
import { peopleServer, resources, web } from '../support/people.js'

const server = () =>
  peopleServer({
    resources: {
      ...resources,
      apiScopes: ['read', 'write', 'pay', 'shared', { name: 'lab', userClaims: ['badge'] }],
    },
    clients: [{ ...web, allowedScopes: ['openid', 'profile', 'email', 'read', 'pay', 'lab'] }],
  })

async function ask(name: string, request: Partial<ExplainRequest> = {}): Promise<WhyNotAnswer> {
  const user = { subject: 'alice' }
  const { answers } = await server().explain({
    clientId: 'web',
    user,
    scope: 'openid email read',
    whyNot: [name],
    ...request,
  })
  const answer = answers.at(-1)
  if (answer === undefined) throw new Error('no answer')
  return answer
}

describe('why not', () => {
  it.each<[string, string, Omit<WhyNotAnswer, 'name' | 'kind'>]>([
    ['scope', 'read', { isThere: true, because: 'The scope read is in the access token.' }],
    [
      'scope',
      'pay',
      {
        isThere: false,
        because: 'The request does not ask for the scope pay.',
        change: 'Send the scope pay.',
      },
    ],
    [
      'scope',
      'write',
      {
        isThere: false,
        because: 'The request does not ask for the scope write.',
        change: "Add 'write' to clients[0].allowedScopes, and send the scope write.",
        path: 'clients[0].allowedScopes',
      },
    ],
    [
      'audience',
      'urn:invoices',
      { isThere: true, because: 'The access token is for urn:invoices.' },
    ],
    [
      'audience',
      'urn:vault',
      {
        isThere: false,
        because: 'aud has no urn:vault: it is isolated and the request does not name it.',
        change: 'Send resource=urn:vault.',
      },
    ],
    [
      'audience',
      'urn:payments',
      {
        isThere: false,
        because: 'No scope of the request leads to urn:payments.',
        change: 'Send the scope pay.',
      },
    ],
    [
      'audience',
      'urn:unknown',
      {
        isThere: false,
        because: 'No scope of the request leads to urn:unknown.',
        change: "Declare it: add 'urn:unknown' to apiResources.",
        path: 'apiResources',
      },
    ],
    [
      'claim',
      'iss',
      { isThere: true, because: 'The claim iss is in the access token and the ID token.' },
    ],
    [
      'claim',
      'email_verified',
      {
        isThere: false,
        because:
          'The claim email_verified is not in userinfo, though the identity resource email asks for it: the profile service gives no value.',
        change: 'Let the profile service give it for this user.',
        path: 'profile',
      },
    ],
    [
      'claim',
      'badge',
      {
        isThere: false,
        because:
          'Only the scope lab asks for the claim badge, and no token of this request is about that.',
        change: 'Send the scope lab.',
      },
    ],
    [
      'claim',
      'shoe_size',
      {
        isThere: false,
        because: 'Nothing in the configuration asks for the claim shoe_size.',
        change: "Add 'shoe_size' to apiResources[0].userClaims.",
        path: 'apiResources[0].userClaims',
      },
    ],
  ])('the %s %s', async (kind, name, reason) => {
    expect(await ask(name)).toEqual({ kind, name, ...reason })
  })

  it('a claim that userinfo would have', async () => {
    expect(
      await ask('email', { resources: ['urn:invoices'], tokenResource: 'urn:invoices' }),
    ).toEqual({
      kind: 'claim',
      name: 'email',
      isThere: false,
      because:
        'The claim email is not in the ID token, though the identity resource email asks for it: the client can ask userinfo.',
      change:
        'Ask the userinfo endpoint, or set clients[0].alwaysIncludeUserClaimsInIdToken to true.',
      path: 'clients[0].alwaysIncludeUserClaimsInIdToken',
    })
  })

  it.each(['read', 'urn:invoices', 'email'])('%s, where the request fails', async (name) => {
    expect(await ask(name, { scope: 'openid read raed' })).toMatchObject({
      isThere: false,
      because:
        "The request fails, for another reason: scope 'raed': unknown or not allowed for this client.",
    })
  })

  it('the scope that makes the request fail', async () => {
    expect(await ask('raed', { scope: 'openid raed' })).toMatchObject({
      kind: 'scope',
      change: "Send read instead, or declare 'raed' in apiScopes.",
    })
  })

  it('of a name that both a scope and a claim have', async () => {
    const { answers } = await server().explain({
      clientId: 'web',
      user: { subject: 'alice' },
      scope: 'openid email',
      whyNot: ['email'],
    })
    expect(answers).toEqual([
      {
        kind: 'scope',
        name: 'email',
        isThere: true,
        because: 'The scope email is in the access token.',
      },
      {
        kind: 'claim',
        name: 'email',
        isThere: true,
        because:
          'The claim email is in userinfo, but not in the access token: no API or API scope of it asks for it.',
        change: "Add 'email' to the userClaims of an API scope that the request asks for.",
        path: 'apiScopes',
      },
    ])
  })

  it('of a name that both a scope and an API have', async () => {
    const both = peopleServer({
      resources: { apiScopes: ['api'], apiResources: [{ name: 'api', scopes: [] }] },
      clients: [{ ...web, allowedScopes: ['api'] }],
    })
    const { answers } = await both.explain({
      clientId: 'web',
      user: { subject: 'alice' },
      scope: 'api',
      whyNot: ['api'],
    })
    expect(answers.map(({ kind, isThere }) => [kind, isThere])).toEqual([
      ['scope', true],
      ['audience', false],
    ])
  })
})
