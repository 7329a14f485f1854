import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blockOf, readText, runBlocks } from './support/running-blocks.js'
import type { RunningBlocks } from './support/running-blocks.js'

const text = readText('docs/guides/keys.md')

let blocks: RunningBlocks
beforeAll(async () => {
  blocks = await runBlocks({ 5001: blockOf(text, 'signer.ts') })
})
afterAll(() => blocks.stop())

interface Schema {
  readonly properties: Readonly<Record<string, Schema>>
  readonly default?: unknown
}

describe('docs/guides/keys.md', () => {
  it('tells the defaults of keyManagement', () => {
    const schema = JSON.parse(readText('packages/cli/schema/bailiwick.schema.json')) as Schema
    const { keyManagement } = schema.properties
    const rows = [...text.matchAll(/^\| `(\w+)` +\| `(\d+)` +\|/gm)]
    expect(Object.fromEntries(rows.map(([, name, value]) => [name, Number(value)]))).toEqual(
      Object.fromEntries(
        Object.entries(keyManagement?.properties ?? {}).map(([name, member]) => [
          name,
          member.default,
        ]),
      ),
    )
    expect(rows).toHaveLength(4)
  })

  it('shows a server whose key is held elsewhere', async () => {
    const origin = `http://127.0.0.1:${blocks.portOf(5001)}`
    const response = await fetch(`${origin}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('batch:secret')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    const { access_token: token } = (await response.json()) as { readonly access_token: string }
    const keys = createRemoteJWKSet(new URL(`${origin}/.well-known/jwks.json`))
    expect((await jwtVerify(token, keys)).protectedHeader.alg).toBe('ES256')
  })
})
