import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkOptions, createAuthorizationServer } from '@bailiwick/core'
import type { AuthorizationServerOptions } from '@bailiwick/core'
import type { ResourceDefinitions } from '@bailiwick/protocol'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')

/** The block of code that follows a comment with its name. */
function block(name: string): string {
  const [, code] =
    new RegExp(`<!-- ${name} -->\\s+\`\`\`\\w+\\n(.*?)\`\`\``, 's').exec(readme) ?? []
  if (code === undefined) throw new Error(`the README has no block ${name}`)
  return code
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => {
    server.once('listening', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}

/** Waits until something listens. */
async function untilUp(url: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    try {
      await fetch(url)
      return
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, 50)
      })
    }
  }
  throw new Error(`nothing listens at ${url}`)
}

/** Sends what a curl command of the README would send. */
async function curl(command: string): Promise<Record<string, unknown>> {
  const words = command.trim().split(/\s+/)
  const after = (flag: string): readonly string[] =>
    words.flatMap((word, index) => (words[index - 1] === flag ? [word] : []))
  const response = await fetch(words.at(-1) ?? '', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(after('-u')[0] ?? '')}` },
    body: new URLSearchParams(after('-d').join('&')),
  })
  return (await response.json()) as Record<string, unknown>
}

const temporary = mkdtempSync(join(folder, 'node_modules/.readme-'))
const children: ChildProcess[] = []
let ports: Readonly<Record<string, number>>

const withPorts = (text: string): string =>
  text.replaceAll(/\b500[12]\b/g, (port) => String(ports[port]))

beforeAll(async () => {
  ports = { 5001: await freePort(), 5002: await freePort() }
  for (const [name, port] of [
    ['server.ts', '5001'],
    ['api.ts', '5002'],
  ] as const) {
    const file = join(temporary, name)
    writeFileSync(file, withPorts(block(name)))
    children.push(
      spawn(process.execPath, ['--import=tsx', '--conditions=bailiwick-source', file], {
        cwd: folder,
        stdio: 'inherit',
      }),
    )
    await untilUp(`http://127.0.0.1:${ports[port]}/`)
  }
}, 30_000)

afterAll(() => {
  for (const child of children) child.kill()
  rmSync(temporary, { recursive: true })
})

describe('the README', () => {
  const [request = ''] = /^curl .*$/m.exec(readme) ?? []

  it('shows twelve lines', () => {
    expect(block('server.ts').trim().split('\n')).toHaveLength(12)
  })

  it('shows the token that its request gets', async () => {
    const token = String((await curl(withPorts(request)))['access_token'])
    const shown = JSON.parse(withPorts(block('token'))) as Record<string, unknown>
    const claims = decodeJwt(token)
    expect(Object.keys(claims)).toEqual(Object.keys(shown))
    const { iat, nbf, exp, jti, ...stable } = shown
    expect(claims).toMatchObject(stable)
    expect(Number(claims.exp) - Number(claims.iat)).toBe(Number(exp) - Number(iat))
    expect([claims.nbf, nbf]).toEqual([claims.iat, iat])
    expect(claims.jti).toHaveLength(String(jti).length)
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', typ: 'at+jwt' })
  })

  it('guards an API with it', async () => {
    const token = String((await curl(withPorts(request)))['access_token'])
    const origin = `http://127.0.0.1:${ports['5002']}`
    const headers = { authorization: `Bearer ${token}` }
    const invoices = await fetch(`${origin}/invoices`, { headers })
    expect(await invoices.json()).toEqual({ invoicesFor: 'batch' })
    expect((await fetch(`${origin}/payments`, { method: 'POST', headers })).status).toBe(403)
    expect((await fetch(`${origin}/invoices`)).status).toBe(401)
  })

  it('shows a configuration that works', () => {
    const configuration = JSON.parse(block('bailiwick.json')) as ResourceDefinitions
    const options = configuration as AuthorizationServerOptions
    expect(checkOptions({ ...options, resources: configuration })).toEqual([])
  })

  it('shows the error of a wrong configuration', () => {
    const create = (): unknown =>
      createAuthorizationServer({
        issuer: 'https://id.example.com',
        resources: {
          apiScopes: ['invoice.read'],
          apiResources: [{ name: 'urn:invoices', scopes: ['invoice.read', 'invoice.raed'] }],
        },
        clients: [
          {
            clientId: 'batch',
            clientSecrets: [{ value: 'K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=' }],
            allowedGrantTypes: ['password'],
          },
        ],
      })
    expect(create).toThrow(block('error').trim())
  })
})
