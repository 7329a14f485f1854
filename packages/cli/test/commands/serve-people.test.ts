import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { describe, expect, it } from 'vitest'
import { configurationFile } from '../support/files.js'
import { startServer } from '../support/start-server.js'
import { createUserAgent } from '../support/user-agent.js'

const redirectUri = 'http://127.0.0.1:5003/callback'

const configuration = {
  identityResources: ['openid', 'profile', { name: 'roles', userClaims: ['role'] }],
  apiScopes: ['read', { name: 'write', userClaims: ['user_level'] }],
  apiResources: [
    { name: 'urn:invoices', scopes: ['read', 'write'], requireResourceIndicator: true },
  ],
  clients: [
    {
      clientId: 'web',
      clientSecrets: [{ value: 'K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=' }],
      allowedGrantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: [redirectUri],
      allowedScopes: ['openid', 'roles', 'read'],
      allowOfflineAccess: true,
    },
  ],
  users: [
    {
      subject: '123',
      username: 'alice',
      password: 'alice',
      claims: { name: 'Alice', role: ['admin'] },
    },
  ],
}

describe('bailiwick serve, with users', { timeout: 60_000 }, () => {
  it('signs a user in, and gives a token for an isolated API', async () => {
    const server = await startServer(await configurationFile(configuration))
    const config = await client.discovery(
      new URL(server.url),
      'web',
      undefined,
      client.ClientSecretBasic('secret'),
      { execute: [client.allowInsecureRequests] },
    )
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid roles read offline_access',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })

    const agent = createUserAgent(server.url)
    expect(await agent.go(url)).toMatchObject({
      status: 200,
      html: expect.stringContaining('name="password"') as string,
    })
    const wrong = await agent.submit({ username: 'alice', password: 'wonderland' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('wrong')
    const { url: callback } = await agent.submit({ username: 'Alice', password: 'alice' })
    expect(callback.href.startsWith(`${redirectUri}?code=`)).toBe(true)

    const tokens = await client.authorizationCodeGrant(config, callback, { pkceCodeVerifier })
    expect(tokens.claims()).toMatchObject({ sub: '123', amr: ['pwd'] })
    expect(await client.fetchUserInfo(config, tokens.access_token, '123')).toEqual({
      sub: '123',
      role: ['admin'],
    })
    const invoices = await client.refreshTokenGrant(config, tokens.refresh_token ?? '', {
      resource: 'urn:invoices',
    })
    expect(decodeJwt(invoices.access_token)).toMatchObject({
      aud: 'urn:invoices',
      sub: '123',
      scope: 'read offline_access',
    })

    const { stderr } = server.output()
    expect(stderr).toMatch(/ signed_in subject=123 session=/)
    for (const secret of ['wonderland', tokens.access_token, tokens.refresh_token ?? '-']) {
      expect(stderr).not.toContain(secret)
    }
    server.kill('SIGTERM')
    expect(await server.exited).toBe(0)
  })

  it('lets users see what they allowed, and leave', async () => {
    const server = await startServer(await configurationFile(configuration))
    const agent = createUserAgent(server.url)
    const login = await agent.go(`${server.url}/grants`)
    expect(login.html).toContain('name="password"')
    const grants = await agent.submit({ username: 'alice', password: 'alice' })
    expect(grants).toMatchObject({ status: 200, url: new URL(`${server.url}/grants`) })
    expect(grants.html).toContain('Alice')
    await agent.go(`${server.url}/end_session`)
    const left = await agent.submit({ decision: 'logout' })
    expect(left.status).toBe(200)
    expect((await agent.go(`${server.url}/grants`)).html).toContain('name="password"')
  })

  it('answers with a page what no client can be told', async () => {
    const server = await startServer(await configurationFile(configuration))
    const page = await createUserAgent(server.url).go(`${server.url}/authorize?client_id=nobody`)
    expect(page.status).toBe(400)
    expect(page.html).toContain('client_id')
    expect(page.html).toContain('/interaction/style.css')
  })
})
