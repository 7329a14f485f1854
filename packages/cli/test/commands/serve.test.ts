import { once } from 'node:events'
import { Agent, get } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { decodeJwt } from 'jose'
import { generate } from 'selfsigned'
import { describe, expect, it, onTestFinished } from 'vitest'
import { configuration, withStoredKeys } from '../support/configuration.js'
import { configurationFile, temporaryFile } from '../support/files.js'
import { startServer } from '../support/start-server.js'

const example = (name: string): string =>
  fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))

const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

async function requestToken(
  url: string,
  { id = 'client', secret = 'secret', ...form }: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/token`, {
    method: 'POST',
    headers: { authorization: basic(id, secret) },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
  })
}

async function accessToken(response: Response): Promise<string> {
  const body: unknown = await response.json()
  return (body as { readonly access_token: string }).access_token
}

/** Opens a connection that is closed after the test at the latest. */
async function openConnection(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return socket.setEncoding('utf8')
}

async function untilRefused(url: string): Promise<void> {
  try {
    const socket = await openConnection(url)
    socket.destroy()
  } catch {
    return
  }
  await untilRefused(url)
}

// Each test waits for a process that compiles itself.
const timeout = 20_000

describe('bailiwick serve', { timeout }, () => {
  it('issues tokens, and logs one line for each without token or secret', async () => {
    const server = await startServer(await configurationFile(withStoredKeys))
    const response = await requestToken(server.url, { scope: 'read' })
    expect(response.status).toBe(200)
    const token = await accessToken(response)
    expect(decodeJwt(token)).toMatchObject({ iss: server.url, aud: 'urn:api', scope: 'read' })

    expect((await requestToken(server.url, { secret: 'wr0ng' })).status).toBe(401)
    server.kill('SIGTERM')
    expect(await server.exited).toBe(0)
    const { stdout, stderr } = server.output()
    expect(stdout).toBe(`Bailiwick is listening on ${server.url}\n`)
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^\S+Z key_created kid=\S+ algorithm=EdDSA$/),
      expect.stringMatching(
        /^\d{4}-\d\d-\d\dT[\d:.]+Z token_issued client=client grant=client_credentials scope=read audience=urn:api jti=\S+$/,
      ),
      expect.stringMatching(/Z request_rejected path=\/token error=invalid_client description="/),
      '',
    ])
    expect(stderr).not.toMatch(new RegExp(`wr0ng|${token}`))
  })

  it('is its own issuer on the port that was picked', async () => {
    const server = await startServer(await configurationFile(configuration))
    const metadata = await fetch(`${server.url}/.well-known/oauth-authorization-server`)
    expect(await metadata.json()).toMatchObject({
      issuer: server.url,
      token_endpoint: `${server.url}/token`,
      scopes_supported: expect.arrayContaining(['read']),
    })
    expect((await fetch(`${server.url}/elsewhere`)).status).toBe(404)
  })

  it('serves the JSON example', async () => {
    const server = await startServer(example('bailiwick.json'))
    const response = await requestToken(server.url, {
      id: 'web',
      scope: 'read',
      resource: 'urn:invoices',
    })
    expect(decodeJwt(await accessToken(response))).toMatchObject({
      iss: 'http://127.0.0.1:5001',
      aud: 'urn:invoices',
    })
  })

  it('serves the TypeScript example', async () => {
    const server = await startServer(example('bailiwick.config.ts'))
    const response = await requestToken(server.url, { id: 'report' })
    expect(decodeJwt(await accessToken(response))).toMatchObject({ scope: 'invoice.read' })
  })

  it('serves https with a key and a certificate', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      keyType: 'ec',
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    })
    const server = await startServer(
      await configurationFile(configuration),
      '--tls-key',
      await temporaryFile('key.pem', key),
      '--tls-cert',
      await temporaryFile('cert.pem', cert),
    )
    expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const agent = new Agent({ ca: cert })
    onTestFinished(() => agent.destroy())
    const [message]: IncomingMessage[] = await once(
      get(`${server.url}/.well-known/openid-configuration`, { agent }),
      'response',
    )
    expect(JSON.parse(await text(message!))).toMatchObject({ issuer: server.url })
    server.kill('SIGTERM')
    expect(await server.exited).toBe(0)
  })

  it('listens on the address that is asked for', async () => {
    const server = await startServer(await configurationFile(configuration), '--host', 'localhost')
    expect(server.url).toMatch(/^http:\/\/localhost:\d+$/)
    expect((await requestToken(server.url)).status).toBe(200)
  })
})

describe('a signal', { timeout }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('%s ends the process with 0', async (signal) => {
    const server = await startServer(await configurationFile(configuration))
    server.kill(signal)
    expect(await server.exited).toBe(0)
  })

  it('lets a request under way finish, and no other begin', async () => {
    const server = await startServer(await configurationFile(configuration))
    const socket = await openConnection(server.url)
    const body = 'grant_type=client_credentials'
    socket.write(
      [
        'POST /token HTTP/1.1',
        'host: 127.0.0.1',
        `authorization: ${basic('client', 'secret')}`,
        'content-type: application/x-www-form-urlencoded',
        `content-length: ${body.length}`,
        'expect: 100-continue',
        '\r\n',
      ].join('\r\n'),
    )
    // The server says so when it has taken the request on.
    expect(await once(socket, 'data')).toEqual(['HTTP/1.1 100 Continue\r\n\r\n'])

    server.kill('SIGTERM')
    await untilRefused(server.url)
    socket.write(body)
    const response = await text(socket)
    expect(response).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(response).toMatch(/^connection: close\r$/im)
    expect(response).toContain('"access_token":')
    expect(await server.exited).toBe(0)
  })

  // The grace for requests under way is longer than the timeout.
  it('closes connections on which nothing is under way', { timeout: 8000 }, async () => {
    const server = await startServer(await configurationFile(configuration))
    const unused = await openConnection(server.url)
    const idle = await openConnection(server.url)
    idle.write('GET /token HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n')
    await once(idle, 'data')
    const ended = Promise.all([once(unused.resume(), 'close'), once(idle.resume(), 'close')])
    server.kill('SIGTERM')
    expect(await server.exited).toBe(0)
    await ended
  })
})
