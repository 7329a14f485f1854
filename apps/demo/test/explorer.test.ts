import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blockOf, readText, runBlocks } from './support/running-blocks.js'
import type { RunningBlocks } from './support/running-blocks.js'

const text = readText('docs/guides/explorer.md')
const password = 'a-password-that-is-long'

let blocks: RunningBlocks
beforeAll(async () => {
  process.env['EXPLORER_PASSWORD'] = password
  blocks = await runBlocks({ 5001: blockOf(text, 'explorer-server.ts') })
  delete process.env['EXPLORER_PASSWORD']
})
afterAll(() => blocks.stop())

const open = async (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${blocks.portOf(5001)}${path}`, { headers })

describe('docs/guides/explorer.md', () => {
  it('has a server whose explorer asks for the password', async () => {
    expect((await open('/explorer')).status).toBe(401)
    expect((await open('/.well-known/openid-configuration')).status).toBe(200)
  })

  it('has a server whose explorer shows and explains', async () => {
    const authorization = `Basic ${Buffer.from(`me:${password}`).toString('base64')}`
    const page = await open('/explorer?client_id=batch&scope=invoice.read', { authorization })
    expect(page.status).toBe(200)
    const html = await page.text()
    expect(html).toContain('<span class="entry-name">urn:invoices</span>')
    expect(html).toContain('Access token')
  })

  it('says from how many connections on only some are drawn', () => {
    const script = readText('packages/ui/src/explorer/browser/picture.js')
    const [, most] = /const mostLines = (\d+)/.exec(script) ?? []
    expect(text).toContain(`Beyond ${most} connections`)
  })
})
