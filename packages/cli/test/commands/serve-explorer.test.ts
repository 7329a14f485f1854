import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { configuration } from '../support/configuration.js'
import { configurationFile } from '../support/files.js'
import { runInProcess } from '../support/run-in-process.js'
import { startServer } from '../support/start-server.js'

const explorer = (access: string): readonly string[] => ['--explorer', access]

const withUsers = {
  ...configuration,
  users: [{ subject: 'sub-of-alice', username: 'alice', password: 'wonderland' }],
}

async function serve(content: unknown, access: string): ReturnType<typeof runInProcess> {
  const config = await configurationFile(content)
  return runInProcess(
    'serve',
    '--config',
    config,
    '--port',
    '0',
    '--store',
    'memory',
    ...explorer(access),
  )
}

/** The status of a request under another name than that of the server, which `fetch` cannot send. */
async function statusUnder(host: string, url: string): Promise<number | undefined> {
  const sent = request(url, { headers: { host } }).end()
  const [response]: IncomingMessage[] = await once(sent, 'response')
  response?.resume()
  return response?.statusCode
}

describe('bailiwick serve --explorer', { timeout: 20_000 }, () => {
  it('is not there unless it is asked for', async () => {
    const server = await startServer(await configurationFile(configuration))
    expect((await fetch(`${server.url}/explorer`)).status).toBe(404)
  })

  it('loopback shows and explains the configuration to this machine', async () => {
    const server = await startServer(await configurationFile(withUsers), ...explorer('loopback'))
    const page = await fetch(`${server.url}/explorer?client_id=client&scope=read`)
    expect(page.status).toBe(200)
    const html = await page.text()
    expect(html).toContain('urn:api')
    expect(html).toContain('<option value="sub-of-alice">')
    expect(html).toContain('Access token')
    expect(html).not.toContain('wonderland')
    expect(await statusUnder('evil.example', `${server.url}/explorer`)).toBe(403)
    const [, script] = /<script type="module" src="([^"]+)"/.exec(html) ?? []
    expect((await fetch(`${server.url}${script}`)).headers.get('content-type')).toMatch(
      /javascript/,
    )
    // A look at an explanation is not a token.
    expect(server.output().stderr).not.toContain('token_issued')
  })

  it('env:NAME asks for the password in the variable', async () => {
    // Every process has this variable, and on every machine it is long enough.
    const server = await startServer(
      await configurationFile(configuration),
      ...explorer('env:PATH'),
    )
    const asWith = async (password: string): Promise<Response> =>
      fetch(`${server.url}/explorer`, {
        headers: { authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}` },
      })
    expect((await fetch(`${server.url}/explorer`)).status).toBe(401)
    expect((await asWith('a-password-that-is-wrong')).status).toBe(401)
    expect((await asWith(process.env['PATH'] ?? '')).status).toBe(200)
  })
})

describe('--explorer that would let in whom it should not', () => {
  const elsewhere = {
    ...configuration,
    issuer: 'https://id.example.com',
    dataKeys: ['A'.repeat(43) + '='],
  }

  it.each<[string, unknown, string, RegExp]>([
    [
      'a variable that is not set',
      configuration,
      'env:NOT_SET',
      /^--explorer env:NOT_SET: the variable NOT_SET is not set\n$/,
    ],
    [
      'a short password',
      configuration,
      'env:EXPLORER_PASSWORD',
      /^--explorer cannot be used: access\.password: must have at least 16 characters\n$/,
    ],
    [
      'loopback at an issuer that others reach',
      elsewhere,
      'loopback',
      /^--explorer cannot be used: access: .*loopback/,
    ],
  ])('stops before anybody is served: %s', async (_, content, access, stderr) => {
    expect(await serve(content, access)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(stderr) as string,
    })
  })
})
