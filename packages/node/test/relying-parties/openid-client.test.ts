import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { afterLogout, createWorld, redirectUri } from './world.js'
import type { World } from './world.js'

const methods = [
  ['client_secret_basic', 'basic', client.ClientSecretBasic('secret')],
  ['client_secret_post', 'post', client.ClientSecretPost('secret')],
  ['none', 'public', client.None()],
] as const

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const scope = 'openid email invoice.read payment.make offline_access'

async function authorize(config: client.Configuration) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
  const parameters = new URLSearchParams({
    redirect_uri: redirectUri,
    scope,
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  parameters.append('resource', 'urn:invoices')
  parameters.append('resource', 'urn:payments')
  const url = client.buildAuthorizationUrl(config, parameters)
  return {
    callback: await world.follow(url),
    checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true },
  }
}

const redeem = async (
  config: client.Configuration,
  { callback, checks }: Awaited<ReturnType<typeof authorize>>,
) => client.authorizationCodeGrant(config, callback, checks, { resource: 'urn:invoices' })

const invalidGrant = { error: 'invalid_grant' }

describe.each(methods)('openid-client with %s', (_, clientId, authentication) => {
  const discover = () =>
    client.discovery(world.issuer, clientId, undefined, authentication, {
      execute: [client.allowInsecureRequests],
    })

  it('signs a user in, and gets one token for each API', async () => {
    const config = await discover()
    const tokens = await redeem(config, await authorize(config))
    expect(tokens.claims()).toMatchObject({ sub: 'alice', aud: clientId, amr: ['pwd'] })
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      aud: 'urn:invoices',
      scope: 'invoice.read offline_access',
    })
    const others = await client.refreshTokenGrant(config, tokens.refresh_token ?? '', {
      resource: 'urn:payments',
    })
    expect(decodeJwt(others.access_token)).toMatchObject({
      aud: 'urn:payments',
      scope: 'payment.make offline_access',
    })
  })

  it('reads userinfo with a token that is for nobody in particular, and not with one for an API', async () => {
    const config = await discover()
    const attempt = await authorize(config)
    const narrowed = await redeem(config, attempt)
    await expect(
      client.fetchUserInfo(config, narrowed.access_token, 'alice'),
    ).rejects.toMatchObject({ status: 403 })
    const whole = await client.refreshTokenGrant(config, narrowed.refresh_token ?? '')
    expect(await client.fetchUserInfo(config, whole.access_token, 'alice')).toEqual({
      sub: 'alice',
      email: 'alice@example.com',
    })
  })

  it('cannot redeem a code twice, and loses what it got', async () => {
    const config = await discover()
    const attempt = await authorize(config)
    const { refresh_token: token = '' } = await redeem(config, attempt)
    await expect(redeem(config, attempt)).rejects.toMatchObject(invalidGrant)
    await expect(client.refreshTokenGrant(config, token)).rejects.toMatchObject(invalidGrant)
  })

  it('signs the user out', async () => {
    const config = await discover()
    const tokens = await redeem(config, await authorize(config))
    const url = client.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: afterLogout,
      state: 'bye',
    })
    expect((await world.follow(url)).href).toBe(`${afterLogout}?state=bye`)
  })
})

describe('openid-client with reference tokens', () => {
  const configure = (clientId: string, secret: string) =>
    client.discovery(world.issuer, clientId, undefined, client.ClientSecretBasic(secret), {
      execute: [client.allowInsecureRequests],
    })

  it('reads userinfo with one, shows it to an API and takes it back', async () => {
    const config = await configure('handles', 'secret')
    const api = await configure('urn:invoices', 'secret of the API')
    const narrowed = await redeem(config, await authorize(config))
    expect(await client.tokenIntrospection(api, narrowed.access_token)).toMatchObject({
      active: true,
      client_id: 'handles',
      scope: 'invoice.read',
      token_type: 'Bearer',
    })
    const whole = await client.refreshTokenGrant(config, narrowed.refresh_token ?? '')
    expect(await client.fetchUserInfo(config, whole.access_token, 'alice')).toMatchObject({
      email: 'alice@example.com',
    })
    expect(await client.tokenIntrospection(api, whole.access_token)).toEqual({ active: false })
    const own = await client.tokenIntrospection(config, whole.refresh_token ?? '')
    expect(own).toMatchObject({ active: true, sub: 'alice' })
    await client.tokenRevocation(config, whole.refresh_token ?? '')
    expect(await client.tokenIntrospection(api, narrowed.access_token)).toEqual({ active: false })
    await expect(client.fetchUserInfo(config, whole.access_token, 'alice')).rejects.toMatchObject({
      status: 401,
    })
  })
})

describe('openid-client as a public client', () => {
  it('cannot use a refresh token twice, and loses its successor', async () => {
    const config = await client.discovery(world.issuer, 'public', undefined, client.None(), {
      execute: [client.allowInsecureRequests],
    })
    const { refresh_token: first = '' } = await redeem(config, await authorize(config))
    const { refresh_token: second = '' } = await client.refreshTokenGrant(config, first)
    await expect(client.refreshTokenGrant(config, first)).rejects.toMatchObject(invalidGrant)
    await expect(client.refreshTokenGrant(config, second)).rejects.toMatchObject(invalidGrant)
  })
})
