import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createUserAgent } from '../../../packages/cli/test/support/user-agent.js'
import { blockOf, readText, runBlocks } from './support/running-blocks.js'
import type { RunningBlocks } from './support/running-blocks.js'

const text = readText('docs/guides/signing-in.md')
const redirectUri = 'http://127.0.0.1:5003/callback'

let blocks: RunningBlocks
beforeAll(async () => {
  blocks = await runBlocks({
    5001: blockOf(text, 'people-server.ts'),
    5004: blockOf(text, 'own-pages.ts'),
  })
})
afterAll(() => blocks.stop())

/** Begins to sign in with one of the servers of the text. */
async function begin(
  port: number,
  {
    clientId,
    authentication,
  }: { readonly clientId: string; readonly authentication: client.ClientAuth },
  parameters: Record<string, string>,
) {
  const origin = `http://127.0.0.1:${blocks.portOf(port)}`
  const config = await client.discovery(new URL(origin), clientId, undefined, authentication, {
    execute: [client.allowInsecureRequests],
  })
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...parameters,
  })
  const agent = createUserAgent(origin)
  await agent.go(url)
  return { config, agent, checks: { pkceCodeVerifier } }
}

describe('docs/guides/signing-in.md', () => {
  it('shows a server that signs people in, asks for consent, and knows when to end', async () => {
    const web = { clientId: 'web', authentication: client.ClientSecretBasic('secret') }
    const { config, agent, checks } = await begin(5001, web, {
      scope: 'openid email invoice.read offline_access',
    })
    const consent = await agent.submit({ username: 'alice', password: 'alice' })
    expect(consent.html).toContain('The shop')
    expect(consent.html).toContain('Reads your invoices.')
    const { url } = await agent.submit({ decision: 'allow' })

    const tokens = await client.authorizationCodeGrant(config, url, checks)
    expect(tokens.claims()).toMatchObject({ sub: 'alice', amr: ['pwd'] })
    expect(await client.fetchUserInfo(config, tokens.access_token, 'alice')).toEqual({
      sub: 'alice',
      email: 'alice@example.com',
    })
    const narrowed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '', {
      resource: 'urn:invoices',
    })
    expect(decodeJwt(narrowed.access_token)).toMatchObject({
      aud: 'urn:invoices',
      scope: 'invoice.read offline_access',
    })
    const left = await agent.go(
      client.buildEndSessionUrl(config, {
        id_token_hint: tokens.id_token ?? '',
        post_logout_redirect_uri: 'http://127.0.0.1:5003/',
      }),
    )
    expect(left.url.href).toBe('http://127.0.0.1:5003/')
  })

  it('shows pages of your own that sign somebody in', async () => {
    const app = { clientId: 'app', authentication: client.None() }
    const { config, agent, checks } = await begin(5004, app, { scope: 'openid' })
    const { url } = await agent.submit({})
    const tokens = await client.authorizationCodeGrant(config, url, checks)
    expect(tokens.claims()).toMatchObject({ sub: 'alice', aud: 'app' })
  })

  it('shows own pages that take a form from nowhere else', async () => {
    const app = { clientId: 'app', authentication: client.None() }
    const { agent } = await begin(5004, app, { scope: 'openid' })
    expect((await agent.submit({ csrf: 'forged' })).status).toBe(403)
  })
})
