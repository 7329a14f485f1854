import type { HttpRequest } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import {
  authorizeWith,
  peopleServer,
  redirectUri,
  signInAndRedeem,
  verifier,
} from '../support/people.js'
import { basic, bodyOf, post, testServer } from '../support/server.js'

const toToken = (form: Record<string, string>, id = 'web'): HttpRequest => ({
  method: 'POST',
  url: '/token',
  headers: { authorization: basic(id, 'secret') },
  body: async () => new URLSearchParams(form).toString(),
})

describe('reads what is to be explained from', () => {
  it('a token request of a client', async () => {
    const form = { grant_type: 'client_credentials', scope: 'read', resource: 'urn:api' }
    expect(await testServer().toExplainRequest(toToken(form, 'a client'))).toEqual({
      clientId: 'a client',
      grantType: 'client_credentials',
      scope: 'read',
      resources: ['urn:api'],
      parameters: {},
    })
  })

  it('an authorization request', async () => {
    const query = 'client_id=web&scope=read&resource=urn:a&resource=urn:b&claims={}&state=x'
    expect(
      await peopleServer().toExplainRequest({
        method: 'GET',
        url: `/authorize?${query}`,
        headers: {},
        body: async () => '',
      }),
    ).toEqual({
      clientId: 'web',
      grantType: 'authorization_code',
      scope: 'read',
      resources: ['urn:a', 'urn:b'],
      claims: '{}',
    })
  })

  it('the redemption of a code, which is not used by that', async () => {
    const server = peopleServer()
    const answer = await authorizeWith(server, { scope: 'read pay', resource: 'urn:invoices' })
    const form = {
      grant_type: 'authorization_code',
      code: answer.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      code_verifier: verifier,
      resource: 'urn:payments',
    }
    const request = await server.toExplainRequest(toToken(form))
    expect(request).toMatchObject({
      clientId: 'web',
      grantType: 'authorization_code',
      scope: 'read pay',
      resources: ['urn:invoices'],
      tokenResource: 'urn:payments',
      user: { subject: 'alice', amr: ['pwd'] },
    })
    expect(request?.user).not.toHaveProperty('sessionId')
    const authorization = basic('web', 'secret')
    const refused = bodyOf(await post(server, form, { authorization }))
    const { error } = await server.explain(request ?? { clientId: '' })
    expect(error).toMatchObject(refused)
    const { resource: _, ...good } = form
    expect((await post(server, good, { authorization })).status).toBe(200)
  })

  it('a refresh', async () => {
    const server = peopleServer()
    const body = await signInAndRedeem(server, { scope: 'openid read offline_access' })
    const form = {
      grant_type: 'refresh_token',
      refresh_token: String(body['refresh_token']),
      scope: 'pay',
    }
    const request = await server.toExplainRequest(toToken(form))
    expect(request).toMatchObject({
      scope: 'openid read offline_access',
      user: { subject: 'alice' },
      refresh: { scope: 'pay' },
    })
    const { error } = await server.explain(request ?? { clientId: '' })
    expect(error).toMatchObject(
      bodyOf(await post(server, form, { authorization: basic('web', 'secret') })),
    )
  })

  it.each([
    ['an unknown code', toToken({ grant_type: 'authorization_code', code: 'x' })],
    ['an unknown refresh token', toToken({ grant_type: 'refresh_token', refresh_token: 'x' })],
    ['nobody', { ...toToken({ scope: 'read' }), headers: {} }],
    ['another endpoint', { ...toToken({ scope: 'read' }), url: '/userinfo' }],
  ])('but not %s', async (_, request) => {
    expect(await peopleServer().toExplainRequest(request)).toBeUndefined()
  })
})
