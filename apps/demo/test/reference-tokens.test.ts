import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { curl, curlJson } from './support/curl.js'
import { blockOf, readText, runBlocks } from './support/running-blocks.js'
import type { RunningBlocks } from './support/running-blocks.js'

const text = readText('docs/guides/reference-tokens.md')
const [introspection = '', revocation = ''] = text.match(/^curl .*$/gm) ?? []

let blocks: RunningBlocks
beforeAll(async () => {
  blocks = await runBlocks({
    5001: blockOf(text, 'reference-server.ts'),
    5002: blockOf(text, 'reference-api.ts'),
  })
})
afterAll(() => {
  blocks.stop()
})

const issueToken = async (): Promise<string> =>
  String(
    (
      await curlJson(
        blocks.withPorts(
          'curl -u batch:secret -d grant_type=client_credentials http://127.0.0.1:5001/token',
        ),
      )
    )['access_token'],
  )

const withToken = (command: string, token: string): string =>
  blocks.withPorts(command).replace('$TOKEN', token)

describe('docs/guides/reference-tokens.md', () => {
  it('shows what an API is told', async () => {
    const token = await issueToken()
    expect(token).toHaveLength(43)
    const response = await curl(withToken(introspection, token))
    expect(response.headers.get('cache-control')).toBe('private, max-age=60')
    const body = (await response.json()) as Record<string, unknown>
    const shown = JSON.parse(blocks.withPorts(blockOf(text, 'introspection'))) as typeof body
    expect(Object.keys(body)).toEqual(Object.keys(shown))
    const { iat, nbf, exp, jti, ...stable } = shown
    expect(body).toMatchObject(stable)
    expect(Number(body['exp']) - Number(body['iat'])).toBe(Number(exp) - Number(iat))
    expect([body['nbf'], nbf]).toEqual([body['iat'], iat])
    expect(body['jti']).toHaveLength(String(jti).length)
  })

  it('shows an API that asks', async () => {
    const url = blocks.withPorts('http://127.0.0.1:5002/invoices')
    const token = await issueToken()
    const headers = { authorization: `Bearer ${token}` }
    expect(await (await fetch(url, { headers })).json()).toEqual({ invoicesFor: 'batch' })
    const unknown = await fetch(url, { headers: { authorization: `Bearer ${token}x` } })
    expect(unknown.status).toBe(401)
  })

  it('shows how a client gives a token back', async () => {
    const token = await issueToken()
    expect(await curlJson(withToken(revocation, token))).toEqual({})
    expect(await curlJson(withToken(introspection, token))).toEqual({ active: false })
  })
})
