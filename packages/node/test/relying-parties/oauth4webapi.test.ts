import { decodeJwt } from 'jose'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, redirectUri } from './world.js'
import type { World } from './world.js'

const methods = [
  ['client_secret_basic', 'basic', oauth.ClientSecretBasic('secret')],
  ['client_secret_post', 'post', oauth.ClientSecretPost('secret')],
  ['none', 'public', oauth.None()],
] as const

const insecure = { [oauth.allowInsecureRequests]: true } as const

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

async function discover(): Promise<oauth.AuthorizationServer> {
  const response = await oauth.discoveryRequest(world.issuer, insecure)
  return oauth.processDiscoveryResponse(world.issuer, response)
}

/** Signs in, and gives what the token endpoint is asked with. */
async function authorize(as: oauth.AuthorizationServer, client: oauth.Client) {
  const verifier = oauth.generateRandomCodeVerifier()
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
  const url = new URL(as.authorization_endpoint ?? '')
  url.search = new URLSearchParams([
    ['client_id', client.client_id],
    ['response_type', 'code'],
    ['redirect_uri', redirectUri],
    ['scope', 'openid email invoice.read payment.make offline_access'],
    ['resource', 'urn:invoices'],
    ['resource', 'urn:payments'],
    ['state', state],
    ['nonce', nonce],
    ['code_challenge', await oauth.calculatePKCECodeChallenge(verifier)],
    ['code_challenge_method', 'S256'],
  ]).toString()
  const callback = await world.follow(url)
  return { parameters: oauth.validateAuthResponse(as, client, callback, state), verifier, nonce }
}

describe.each(methods)('oauth4webapi with %s', (_, clientId, authentication) => {
  const client = { client_id: clientId }

  it('signs a user in, refreshes for another API and reads userinfo', async () => {
    const as = await discover()
    const { parameters, verifier, nonce } = await authorize(as, client)
    const redemption = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      authentication,
      parameters,
      redirectUri,
      verifier,
      { ...insecure, additionalParameters: { resource: 'urn:invoices' } },
    )
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, redemption, {
      expectedNonce: nonce,
      requireIdToken: true,
    })
    expect(decodeJwt(tokens.access_token).aud).toBe('urn:invoices')
    expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ sub: 'alice' })

    const refreshed = async (additionalParameters: Record<string, string>) =>
      oauth.processRefreshTokenResponse(
        as,
        client,
        await oauth.refreshTokenGrantRequest(as, client, authentication, token, {
          ...insecure,
          additionalParameters,
        }),
      )
    let token = tokens.refresh_token ?? ''
    const payments = await refreshed({ resource: 'urn:payments' })
    expect(decodeJwt(payments.access_token).aud).toBe('urn:payments')
    token = payments.refresh_token ?? ''
    const whole = await refreshed({})
    const response = await oauth.userInfoRequest(as, client, whole.access_token, insecure)
    expect(await oauth.processUserInfoResponse(as, client, 'alice', response)).toMatchObject({
      email: 'alice@example.com',
    })
  })
})

const api = { client_id: 'urn:invoices' }
const ofApi = oauth.ClientSecretBasic('secret of the API')

describe.each(['basic', 'handles'])('oauth4webapi with tokens of %s', (clientId) => {
  const client = { client_id: clientId }
  const authentication = oauth.ClientSecretBasic('secret')

  async function tokens(as: oauth.AuthorizationServer): Promise<oauth.TokenEndpointResponse> {
    const { parameters, verifier, nonce } = await authorize(as, client)
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      authentication,
      parameters,
      redirectUri,
      verifier,
      { ...insecure, additionalParameters: { resource: 'urn:invoices' } },
    )
    return oauth.processAuthorizationCodeResponse(as, client, response, { expectedNonce: nonce })
  }

  async function introspect(
    as: oauth.AuthorizationServer,
    token: string,
    options: oauth.IntrospectionRequestOptions = {},
  ) {
    const asked = await oauth.introspectionRequest(as, api, ofApi, token, {
      ...insecure,
      ...options,
    })
    const response = asked.clone()
    return { response, answer: await oauth.processIntrospectionResponse(as, api, asked), asked }
  }

  it('lets an API ask about one, in JSON and signed', async () => {
    const as = await discover()
    const { access_token: token } = await tokens(as)
    const { response, answer } = await introspect(as, token)
    expect(response.headers.get('cache-control')).toBe('private, max-age=60')
    expect(answer).toMatchObject({
      active: true,
      sub: 'alice',
      aud: 'urn:invoices',
      scope: 'invoice.read',
    })
    const signed = await introspect(as, token, { requestJwtResponse: true })
    expect(signed.response.headers.get('content-type')).toBe('application/token-introspection+jwt')
    expect(signed.answer).toEqual(answer)
    await oauth.validateApplicationLevelSignature(as, signed.asked, insecure)
  })

  it('revokes one, and then a grant', async () => {
    const as = await discover()
    const { access_token: token, refresh_token: refreshToken = '' } = await tokens(as)
    const revoke = async (given: string): Promise<undefined> =>
      oauth.processRevocationResponse(
        await oauth.revocationRequest(as, client, authentication, given, insecure),
      )
    await revoke(token)
    expect((await introspect(as, token)).answer).toEqual({ active: false })
    const refresh = async () =>
      oauth.processRefreshTokenResponse(
        as,
        client,
        await oauth.refreshTokenGrantRequest(as, client, authentication, refreshToken, insecure),
      )
    await refresh()
    await revoke(refreshToken)
    await expect(refresh()).rejects.toMatchObject({ error: 'invalid_grant' })
  })
})
