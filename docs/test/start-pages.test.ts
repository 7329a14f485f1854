import { expect, it, onTestFinished } from 'vitest'
import { createUserAgent } from '../../packages/cli/test/support/user-agent.js'
import { pages } from './support/pages.js'
import { startServers } from './support/start-servers.js'

it.each(pages.filter(({ name }) => /^start\/(express|koa)$/.test(name)))(
  '$name signs Alice in, and shows what the application gets',
  { timeout: 180_000 },
  async (page) => {
    const { moved, stop } = await startServers(page.name)
    onTestFinished(stop)
    const web = createUserAgent(moved('http://127.0.0.1:5003'))
    const server = createUserAgent(moved('http://127.0.0.1:5001'))
    const { url } = await web.go(moved('http://127.0.0.1:5003'))
    await server.go(url)
    const consent = await server.submit({ username: 'alice', password: 'alice' })
    expect(consent.html).toContain('The invoice viewer')
    expect(consent.html).toContain('Reads your invoices.')
    expect(consent.html).toContain('Signed in as alice')
    const { html } = await web.go((await server.submit({ decision: 'allow' })).url)
    const shown = page.blocks.find(({ language }) => language === 'json')
    expect(JSON.parse(html)).toEqual(JSON.parse(shown?.code ?? ''))
  },
)
