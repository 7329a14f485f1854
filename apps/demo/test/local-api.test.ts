import { afterAll, beforeAll, expect, it } from 'vitest'
import { curlJson } from './support/curl.js'
import { blockOf, readText, runBlocks } from './support/running-blocks.js'
import type { RunningBlocks } from './support/running-blocks.js'

let blocks: RunningBlocks
beforeAll(async () => {
  blocks = await runBlocks({
    5001: blockOf(readText('packages/api-sdk/README.md'), 'local-api.ts'),
  })
})
afterAll(() => blocks.stop())

it('packages/api-sdk/README.md shows an API in the process of its server', async () => {
  const ask = 'curl -u batch:secret -d grant_type=client_credentials http://127.0.0.1:5001/token'
  const { access_token: token } = await curlJson(blocks.withPorts(ask))
  const url = blocks.withPorts('http://127.0.0.1:5001/invoices')
  const headers = { authorization: `Bearer ${String(token)}` }
  expect(await (await fetch(url, { headers })).json()).toEqual({ invoicesFor: 'batch' })
  expect((await fetch(url)).status).toBe(401)
})
