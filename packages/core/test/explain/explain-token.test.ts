import { describe, expect, it } from 'vitest'
import { compareExplanations, createMemoryStore, generateSigningKey } from '../../src/index.js'
import type { AuthorizationServer, AuthorizationServerOptions } from '../../src/index.js'
import { peopleServer, resources, signInAndRedeem, web } from '../support/people.js'
import { signOwn } from '../support/own-tokens.js'
import { client, issuer, now, requestToken, testServer } from '../support/server.js'

const store = createMemoryStore({ now: () => now })

const server = (options: Partial<AuthorizationServerOptions> = {}): AuthorizationServer =>
  peopleServer({ store, ...options })

const tokenOf = async (query = {}, form = {}): Promise<string> =>
  String(
    (await signInAndRedeem(server(), { scope: 'openid read pay', ...query }, form))['access_token'],
  )

describe('explains a token', () => {
  it('of which nothing would differ', async () => {
    const explanation = await server().explainToken(await tokenOf())
    expect(explanation?.isGenuine).toBe(true)
    expect(explanation?.differences).toEqual([])
    expect(explanation?.token.claims).toMatchObject({ aud: ['urn:invoices', 'urn:payments'] })
    expect(explanation?.now.decisions).toContainEqual(
      expect.objectContaining({ type: 'api_included', api: 'urn:payments', scope: 'pay' }),
    )
  })

  it('that was narrowed to an isolated API', async () => {
    const token = await tokenOf({ resource: 'urn:vault' })
    const explanation = await server().explainToken(token)
    expect(explanation?.token.claims).toMatchObject({ aud: 'urn:vault', scope: 'read pay' })
    expect(explanation?.differences).toEqual([])
  })

  it('of a client without a user', async () => {
    const alone = testServer()
    const { response } = await requestToken(alone, { scope: 'read' })
    const explanation = await alone.explainToken(String(response['access_token']))
    expect(explanation?.now.request).toMatchObject({ grantType: 'client_credentials' })
    expect(explanation?.differences).toEqual([])
  })

  it('from its handle', async () => {
    const reference = { clients: [{ ...web, accessTokenType: 'reference' as const }] }
    const issued = await signInAndRedeem(server(reference), { scope: 'openid read' })
    const explanation = await server(reference).explainToken(String(issued['access_token']))
    expect(explanation?.isGenuine).toBe(true)
    expect(explanation?.token.header).toBeUndefined()
    expect(explanation?.differences).toEqual([])
  })

  it('with what would differ now', async () => {
    const token = await tokenOf()
    const changed = server({
      resources: {
        ...resources,
        apiResources: [
          {
            name: 'urn:invoices',
            scopes: ['read'],
            userClaims: ['email'],
            allowedAccessTokenSigningAlgorithms: ['ES256'],
          },
        ],
      },
      clients: [{ ...web, allowedScopes: ['openid', 'read'] }],
    })
    const explanation = await changed.explainToken(token)
    expect(explanation?.differences).toEqual(
      expect.arrayContaining([
        { path: 'header.alg', before: 'RS256', after: 'ES256' },
        {
          path: 'claims.aud',
          before: ['urn:invoices', 'urn:payments'],
          after: 'urn:invoices',
        },
        { path: 'claims.scope', before: 'openid read pay', after: 'openid read' },
        { path: 'claims.email', before: undefined, after: 'alice@example.com' },
      ]),
    )
    expect(explanation?.differences).toHaveLength(4)
    expect(explanation?.now.suggestions).toContainEqual(
      expect.objectContaining({ change: "Add 'pay' to clients[0].allowedScopes." }),
    )
  })

  it('and does not take one for its own that somebody else signed', async () => {
    const token = await signOwn({ iss: issuer, client_id: 'client', scope: 'read' })
    const other = testServer({ signingKeys: [generateSigningKey('ES256')] })
    expect((await testServer().explainToken(token))?.isGenuine).toBe(true)
    expect((await other.explainToken(token))?.isGenuine).toBe(false)
  })

  it.each(['', 'unknown', 'a.b.c', 'eyJhbGciOiJub25lIn0..'])('but not %j', async (token) => {
    expect(await server().explainToken(token)).toBeUndefined()
  })
})

describe('compares explanations', () => {
  const explain = (scope: string, resource?: string) =>
    testServer().explain({
      clientId: client.clientId,
      scope,
      ...(resource !== undefined && { resources: [resource] }),
    })

  it('that are alike', async () => {
    expect(compareExplanations(await explain('read'), await explain('read'))).toEqual([])
  })

  it('that differ in a claim', async () => {
    expect(compareExplanations(await explain('read'), await explain('read write'))).toEqual([
      { path: 'accessToken.claims.scope', before: 'read', after: 'read write' },
    ])
  })

  it('one of which fails', async () => {
    const differences = compareExplanations(await explain('read'), await explain('raed'))
    expect(differences.map(({ path }) => path)).toEqual(['accessToken', 'error'])
  })
})
