import { decodeJwt } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createUserAgent } from '../../packages/cli/test/support/user-agent.js'
import type { UserAgent } from '../../packages/cli/test/support/user-agent.js'
import { startServers } from './support/start-servers.js'
import type { Servers } from './support/start-servers.js'

let servers: Servers
beforeAll(async () => {
  servers = await startServers('guides/consent-and-pages')
}, 120_000)
afterAll(() => servers.stop())

const redirectUri = 'http://127.0.0.1:5003/callback'

/** Begins to sign in, in a browser of its own or in the one that is given. */
async function begin(
  port: number,
  parameters: Record<string, string>,
  agent: UserAgent = createUserAgent(servers.moved(`http://127.0.0.1:${port}`)),
) {
  const issuer = new URL(servers.moved(`http://127.0.0.1:${port}`))
  const config = await oidc.discovery(issuer, 'helper', undefined, oidc.None(), {
    execute: [oidc.allowInsecureRequests],
  })
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const place = await agent.go(
    oidc.buildAuthorizationUrl(config, {
      redirect_uri: servers.moved(redirectUri),
      code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      ...parameters,
    }),
  )
  const redeem = (url: URL) => oidc.authorizationCodeGrant(config, url, { pkceCodeVerifier })
  return { agent, place, redeem }
}

const alice = { username: 'alice', password: 'alice' }

describe('the pages of @bailiwick/ui, served from a file', () => {
  it('shows what is asked for below what it belongs to', async () => {
    const { agent } = await begin(5001, {
      scope: 'openid email order.read order.place offline_access',
    })
    const { html } = await agent.submit(alice)
    const headings = [...html.matchAll(/<legend>(.*?)<\/legend>/g)].map(([, text]) => text)
    expect(headings).toEqual(['About you', 'Orders', 'Old orders', 'While you are away'])
    expect(html.match(/See your orders/g)?.length).toBeGreaterThan(1)
    expect(html).toContain('You pay for what it orders.')
  })

  it('does not ask again for what was remembered, and asks for more', async () => {
    const scope = 'openid order.read order.place'
    const { agent } = await begin(5001, { scope, resource: 'urn:orders' })
    await agent.submit(alice)
    await agent.submit({ decision: 'allow', remember: 'yes' })
    const again = async (parameters: Record<string, string>) =>
      (await begin(5001, parameters, agent)).place
    expect((await again({ scope, resource: 'urn:orders' })).status).toBeUndefined()
    expect((await again({ scope, resource: 'urn:archive' })).html).toContain('Shopping helper')
    expect((await again({ scope: `${scope} offline_access`, resource: 'urn:orders' })).status).toBe(
      200,
    )
    expect((await again({ scope, prompt: 'none' })).url.searchParams.get('error')).toBe(
      'consent_required',
    )
    await again({ scope, resource: 'urn:orders', prompt: 'consent' })
    await agent.submit({ decision: 'allow' })
    expect((await again({ scope, resource: 'urn:orders' })).status).toBe(200)
  })
})

describe('ui-server.ts', () => {
  it('shows a page of its own among those of @bailiwick/ui', async () => {
    const { agent, redeem } = await begin(5004, { scope: 'openid email' })
    const { html } = await agent.submit(alice)
    expect(html).toContain('Shopping helper wants to help')
    expect(html).toContain('No, thank you')
    const { url } = await agent.submit({ decision: 'allow', scope: 'openid' })
    expect((await redeem(url)).claims()?.sub).toBe('alice')
  })
})

describe('own-server.ts', () => {
  it('signs somebody in, asks, and leads to the client with what was allowed', async () => {
    const { agent, redeem } = await begin(5005, { scope: 'openid order.read offline_access' })
    const { html } = await agent.submit({ ...alice, answer: 'login' })
    expect(html).toContain('See your orders')
    const { url } = await agent.submit({ answer: 'consent' })
    const { access_token: token } = await redeem(url)
    expect(decodeJwt(token)).toMatchObject({
      aud: 'urn:orders',
      scope: 'openid order.read offline_access',
    })
  })

  it('asks again after a wrong password', async () => {
    const { agent } = await begin(5005, { scope: 'openid' })
    const { status, html } = await agent.submit({ ...alice, password: 'x', answer: 'login' })
    expect([status, html.includes('Sign in')]).toEqual([200, true])
  })

  it('takes no form that another page has filled in', async () => {
    const { place } = await begin(5005, { scope: 'openid' })
    const body = new URLSearchParams({ ...alice, answer: 'login', csrf: 'forged' })
    expect((await fetch(place.url, { method: 'POST', body })).status).toBe(403)
  })

  it('tells the client when the user does not go on', async () => {
    const { agent } = await begin(5005, { scope: 'openid' })
    const { url } = await agent.submit({ answer: 'deny' })
    expect(url.searchParams.get('error')).toBe('access_denied')
  })

  it('asks who goes on, and whether to sign out', async () => {
    const { agent } = await begin(5005, { scope: 'openid order.read' })
    await agent.submit({ ...alice, answer: 'login' })
    await agent.submit({ answer: 'consent', remember: 'yes' })
    const chosen = await begin(
      5005,
      { scope: 'openid order.read', prompt: 'select_account' },
      agent,
    )
    expect(chosen.place.html).toContain('Go on as alice')
    expect((await agent.submit({ answer: 'continue' })).url.searchParams.has('code')).toBe(true)
    await agent.go(servers.moved('http://127.0.0.1:5005/end_session'))
    expect((await agent.submit({ answer: 'logout' })).status).toBe(200)
  })
})
