import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as client from 'openid-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from '../support/free-port.js'
import { beginSignIn, discover } from './support/relying-party.js'
import { patience, startExample } from './support/running-example.js'

const scope = 'openid email invoice.read invoice.pay offline_access'

/** Ports that are free, and a file of its own. */
async function createWorld() {
  const [port, apiPort] = [await freePort(), await freePort()]
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-example-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return {
    issuer: `http://127.0.0.1:${port}`,
    api: `http://127.0.0.1:${apiPort}`,
    env: { PORT: `${port}`, API_PORT: `${apiPort}`, STORE: join(folder, 'bailiwick.db') },
  }
}

type World = Awaited<ReturnType<typeof createWorld>>

/** Signs Alice in, who allows everything. */
async function signInAlice({ issuer }: World) {
  const { config, agent, url, redeem } = await beginSignIn(issuer, scope)
  await agent.go(url)
  const wrong = await agent.submit({ username: 'alice', password: 'wrong' })
  expect(wrong.status).toBe(422)
  const consent = await agent.submit({ username: 'alice', password: 'alice' })
  expect(consent.html).toContain('Pay your invoices')
  const callback = await agent.submit({ decision: 'allow' })
  return { config, tokens: await redeem(callback.url) }
}

async function call({ api }: World, token: string | undefined, path: string, method = 'GET') {
  const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` }
  const response = await fetch(`${api}${path}`, { method, ...(headers && { headers }) })
  const text = await response.text()
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate'),
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  }
}

describe.each(['express', 'koa', 'fetch'])('examples/%s', patience, (name) => {
  it('signs people in, guards its API, and remembers when it is started again', async () => {
    const world = await createWorld()
    const ready = [`The server is at ${world.issuer}`, `The API is at ${world.api}`]
    const running = await startExample(name, { ready, env: world.env })

    const { config, tokens } = await signInAlice(world)
    expect(tokens.claims()).toMatchObject({ sub: '1001', amr: ['pwd'] })
    expect(await client.fetchUserInfo(config, tokens.access_token, '1001')).toEqual({
      sub: '1001',
      email: 'alice@example.com',
    })

    const user = tokens.access_token
    expect(await call(world, undefined, '/invoices')).toMatchObject({ status: 401 })
    expect(await call(world, user, '/invoices')).toMatchObject({
      status: 200,
      body: [{ id: '1' }, { id: '2' }],
    })
    expect(await call(world, user, '/invoices/9/payment', 'POST')).toEqual({
      status: 404,
      challenge: null,
      body: { error: 'not_found' },
    })

    const batch = await discover(world.issuer, 'batch')
    const tokenFor = async (granted: string): Promise<string> =>
      (await client.clientCredentialsGrant(batch, { scope: granted })).access_token
    const reader = await tokenFor('invoice.read')
    const payer = await tokenFor('invoice.pay')
    expect(await call(world, reader, '/invoices/1/payment', 'POST')).toMatchObject({
      status: 403,
      challenge: expect.stringContaining('scope="invoice.pay"'),
    })
    expect(await call(world, payer, '/invoices/1/payment', 'POST')).toMatchObject({
      status: 200,
      body: { id: '1', isPaid: true },
    })
    // Thrown by the handler, and answered by what the example has for errors.
    expect(await call(world, payer, '/invoices/2/payment', 'POST')).toMatchObject({
      status: 403,
      body: { error: 'access_denied' },
    })
    expect(await call(world, user, '/invoices/2/payment', 'POST')).toMatchObject({ status: 200 })

    await running.end('SIGTERM')
    await startExample(name, { script: 'server', ready: ready.slice(0, 1), env: world.env })
    await startExample(name, { script: 'api', ready: ready.slice(1), env: world.env })
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
    expect(await call(world, refreshed.access_token, '/invoices')).toMatchObject({ status: 200 })
    expect(await call(world, user, '/invoices')).toMatchObject({ status: 200 })
  })
})

describe('examples/koa behind a proxy', patience, () => {
  it('counts attempts by the address that the proxy has added, and not by those before it', async () => {
    const world = await createWorld()
    let attempts = 0
    // Adds the address of the user to what the user has sent, as many proxies do.
    const proxy = createServer((incoming, response) => {
      const forwarded = `203.0.113.${(attempts += 1)}, 198.51.100.1`
      const headers = { ...incoming.headers, 'x-forwarded-for': forwarded }
      const { method, url: path } = incoming
      const { PORT: port } = world.env
      const outgoing = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      })
      incoming.pipe(outgoing)
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void proxy.close())
    await once(proxy, 'listening')
    const issuer = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    const env = { ...world.env, ISSUER: issuer, TRUST_PROXY: 'yes' }
    await startExample('koa', { ready: [`The server is at ${issuer}`], env })

    const { agent, url } = await beginSignIn(issuer, scope)
    await agent.go(url)
    const statuses: unknown[] = []
    for (let attempt = 0; attempt < 11; attempt += 1) {
      statuses.push((await agent.submit({ username: 'alice', password: 'wrong' })).status)
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 422), 429])
  })
})
