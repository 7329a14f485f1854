import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request as ask } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { env, execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { createPostgresStore } from '@bailiwick/store-postgres'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createUserAgent } from '../../packages/cli/test/support/user-agent.js'
import { hasDatabase } from '../../packages/store-postgres/test/support/find-database.js'
import { startProxy } from '../../packages/store-postgres/test/support/proxy.js'
import { createDatabase } from '../../packages/store-postgres/test/support/temporary-database.js'
import type { OwnDatabase } from '../../packages/store-postgres/test/support/temporary-database.js'
import { freePort } from '../../tests/support/free-port.js'
import { sayNotChecked } from '../../tests/support/say-not-checked.js'
import { startProgram } from '../../tests/support/start-program.js'
import type { RunningProgram } from '../../tests/support/start-program.js'
import { startBalancer } from './several-nodes/start-balancer.js'
import type { Balancer } from './several-nodes/start-balancer.js'

const text = readFileSync(new URL('../guides/several-nodes.md', import.meta.url), 'utf8')
const [, code = ''] = /^```ts \[node\.ts\]\n(.*?)^```/ms.exec(text) ?? []
const redirectUri = 'http://127.0.0.1:5003/callback'

/** A program of the page that runs. */
interface RunningNode extends RunningProgram {
  readonly url: string
  readonly port: number
}

sayNotChecked(hasDatabase, 'PostgreSQL')

describe.runIf(hasDatabase)('docs/guides/several-nodes.md', () => {
  const cache = fileURLToPath(new URL('../node_modules', import.meta.url))
  let folder: string
  let database: OwnDatabase
  let balancer: Balancer
  let nodes: readonly RunningNode[]

  const program = [execPath, '--import=tsx', '--conditions=bailiwick-source', 'node.ts']
  const start = async (variables: Readonly<Record<string, string>> = {}): Promise<RunningNode> => {
    const port = await freePort()
    const running = await startProgram(program, {
      cwd: folder,
      env: {
        ...env,
        ISSUER: balancer.url,
        DATABASE_URL: database.url,
        DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
        PORT: String(port),
        ...variables,
      },
      ready: [`listening on ${port}\n`],
    })
    return { ...running, port, url: `http://127.0.0.1:${port}` }
  }

  beforeAll(async () => {
    mkdirSync(cache, { recursive: true })
    folder = mkdtempSync(join(cache, '.several-nodes-'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'node.ts'), code)
    database = await createDatabase()
    const store = createPostgresStore({ connectionString: database.url })
    await store.migrate()
    await store.close()
    balancer = await startBalancer()
    nodes = await Promise.all([start(), start()])
    balancer.use(nodes.map(({ url }) => url))
  })
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.end('SIGKILL')))
    balancer.close()
    await database.drop()
    rmSync(folder, { recursive: true })
  })

  /** Asks a node, or the balancer, for tokens. */
  async function tokens(url: string, form: Record<string, string>, who = 'web') {
    const response = await fetch(`${url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${who}:secret`)}` },
      body: new URLSearchParams(form),
    })
    const body = (await response.json()) as Record<string, unknown>
    return { status: response.status, headers: response.headers, body }
  }

  /** Has Alice sign in behind the balancer, and gives what redeems her code. */
  async function signIn() {
    const config = await client.discovery(new URL(balancer.url), 'web', 'secret', undefined, {
      execute: [client.allowInsecureRequests],
    })
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const agent = createUserAgent(balancer.url)
    await agent.go(
      client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid invoice.read offline_access',
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
      }),
    )
    const { url } = await agent.submit({ username: 'alice', password: 'alice' })
    const form = {
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      code: url.searchParams.get('code') ?? '',
      code_verifier: pkceCodeVerifier,
    }
    return { config, url, checks: { pkceCodeVerifier }, form }
  }

  it('is right that any node answers any request', async () => {
    const { config, url, checks } = await signIn()
    const issued = await client.authorizationCodeGrant(config, url, checks)
    const again = await client.refreshTokenGrant(config, issued.refresh_token ?? '')
    expect(await client.fetchUserInfo(config, again.access_token, 'alice')).toEqual({
      sub: 'alice',
    })
    for (const count of balancer.counts()) expect(count).toBeGreaterThan(2)
  })

  it('is right that of two nodes one redeems a code, and one rotates a refresh token', async () => {
    const { form } = await signIn()
    const redeemed = await Promise.all(nodes.map(({ url }) => tokens(url, form)))
    expect(redeemed.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      200, 400,
    ])
  })

  it('is right that nodes that start at once have the same keys', async () => {
    const [one, other] = await Promise.all(
      nodes.map(async ({ url }) => (await fetch(`${url}/.well-known/jwks.json`)).json()),
    )
    expect(one).toMatchObject({ keys: [{ alg: 'RS256' }] })
    expect(other).toEqual(one)
  })

  it('is right that a node without the right data key does not start', async () => {
    const DATA_KEY = Buffer.alloc(32, 8).toString('base64')
    await expect(start({ DATA_KEY })).rejects.toThrow(/ended with 1 .*data key/s)
  })

  it('is right that addresses are those the proxy tells', async () => {
    /** Fails to sign in, from an address of this machine. */
    async function fail(localAddress: string): Promise<number | undefined> {
      const send = async (method: string, path: string, cookie = '', form = '') => {
        const headers = {
          cookie,
          'x-forwarded-for': '203.0.113.9',
          ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        }
        const request = ask(`${balancer.url}${path}`, { method, headers, localAddress })
        request.end(form)
        const [response] = (await once(request, 'response')) as [IncomingMessage]
        let body = ''
        for await (const chunk of response.setEncoding('utf8')) body += String(chunk)
        return { headers: response.headers, status: response.statusCode, body }
      }
      const query = new URLSearchParams({
        client_id: 'web',
        response_type: 'code',
        redirect_uri: redirectUri,
        scope: 'openid',
        code_challenge: 'x'.repeat(43),
        code_challenge_method: 'S256',
      })
      const asked = await send('GET', `/authorize?${query.toString()}`)
      const { pathname } = new URL(asked.headers.location ?? '')
      const [cookie = ''] = asked.headers['set-cookie']?.[0]?.split(';') ?? []
      const { body } = await send('GET', pathname, cookie)
      const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(body) ?? []
      const form = new URLSearchParams({ csrf, username: 'bob', password: 'wrong' })
      return (await send('POST', pathname, cookie, form.toString())).status
    }
    const statuses = []
    for (let attempt = 0; attempt <= 10; attempt += 1) statuses.push(await fail('127.0.0.1'))
    expect(statuses.lastIndexOf(429)).toBe(10)
    expect(statuses.indexOf(429)).toBe(10)
    expect(await fail('127.0.0.2')).not.toBe(429)
  })

  it('is right about what is answered while the store is down, and after', async () => {
    const { hostname, port: target } = new URL(database.url)
    let proxy = await startProxy(Number(target), hostname)
    const { port } = proxy
    const url = new URL(database.url)
    url.port = String(port)
    const { form } = await signIn()
    const node = await start({ DATABASE_URL: url.href })
    try {
      await proxy.close()
      for (const path of ['openid-configuration', 'jwks.json']) {
        expect((await fetch(`${node.url}/.well-known/${path}`)).status).toBe(200)
      }
      const machine = { grant_type: 'client_credentials' }
      expect((await tokens(node.url, machine, 'batch')).status).toBe(200)
      const { status, headers } = await tokens(node.url, form)
      expect([status, headers.get('retry-after')]).toEqual([503, '5'])
      await expect(start({ DATABASE_URL: url.href })).rejects.toThrow(/ended with 1 /)
      proxy = await startProxy(Number(target), hostname, port)
      expect((await tokens(node.url, form)).status).toBe(200)
    } finally {
      await node.end('SIGKILL')
      await proxy.close()
    }
  })

  it('is right that a node which is asked to stop finishes what is under way', async () => {
    const node = await start()
    const body = 'grant_type=client_credentials'
    const socket = connect(node.port, '127.0.0.1').setEncoding('utf8')
    let answer = ''
    socket.on('data', (part: string) => (answer += part))
    const head = [
      'POST /token HTTP/1.1',
      'host: localhost',
      `authorization: Basic ${btoa('batch:secret')}`,
      'content-type: application/x-www-form-urlencoded',
      `content-length: ${body.length}`,
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 5)}`)
    await fetch(`${node.url}/.well-known/jwks.json`)
    const stopped = node.end('SIGTERM')
    const isRefused = async (): Promise<boolean> =>
      fetch(node.url).then(
        () => false,
        () => true,
      )
    while (!(await isRefused()));
    socket.write(body.slice(5))
    expect(await stopped).toBe(0)
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*"access_token"/s)
  })
})
