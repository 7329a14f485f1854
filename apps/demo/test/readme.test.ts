import { checkOptions, createAuthorizationServer } from '@bailiwick/core'
import type { AuthorizationServerOptions } from '@bailiwick/core'
import type { ResourceDefinitions } from '@bailiwick/protocol'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { curlJson } from './support/curl.js'
import { blockOf, readText, runBlocks } from './support/running-blocks.js'
import type { RunningBlocks } from './support/running-blocks.js'

const readme = readText('README.md')
const block = (name: string): string => blockOf(readme, name)

let blocks: RunningBlocks
beforeAll(async () => {
  blocks = await runBlocks({ 5001: block('server.ts'), 5002: block('api.ts') })
})
afterAll(() => blocks.stop())

describe('the README', () => {
  const [request = ''] = /^curl .*$/m.exec(readme) ?? []

  it('shows twelve lines', () => {
    expect(block('server.ts').trim().split('\n')).toHaveLength(12)
  })

  it('shows the picture before any code', () => {
    const picture = readme.indexOf('(docs/images/resource-explorer.png)')
    expect(picture).toBeGreaterThan(0)
    expect(picture).toBeLessThan(readme.indexOf('```'))
  })

  it('leads to the web client of the demo', () => {
    const [, port] = /open the web client at <http:\/\/127\.0\.0\.1:(\d+)>/.exec(readme) ?? []
    expect(readText('apps/demo/src/main.ts')).toContain(`web: ${port},`)
  })

  it('has installed what its programs import', () => {
    const code = [block('server.ts'), block('api.ts')].join('\n')
    const [, ...installs] = readme.split(/npm install (?=[^\n`]*)/)
    const installed = installs.flatMap((text) => (/^[^\n`]*/.exec(text)?.[0] ?? '').split(' '))
    const imported = [...code.matchAll(/ from '((?:@[^/']+\/)?[^/']+)/g)].map(([, name]) => name)
    expect(installed).toEqual(expect.arrayContaining(imported))
  })

  it('shows the token that its request gets', async () => {
    const token = String((await curlJson(blocks.withPorts(request)))['access_token'])
    const shown = JSON.parse(blocks.withPorts(block('token'))) as Record<string, unknown>
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
    const token = String((await curlJson(blocks.withPorts(request)))['access_token'])
    const origin = `http://127.0.0.1:${blocks.portOf(5002)}`
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
        dataKeys: [Buffer.alloc(32, 1).toString('base64')],
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
