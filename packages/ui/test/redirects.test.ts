import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { describeInBrowser } from './support/browser.js'
import { createWorld } from './support/world.js'

const originOf = (server: Server): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`

/** A site of its own: another port is another origin. */
async function site(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return originOf(server)
}

/** The pages at a site, whose answers lead to another. */
async function uiThatLeadsTo(target: string): Promise<string> {
  const world = createWorld({ interaction: { redirectUri: target } })
  return site((message, response) => {
    const chunks: Buffer[] = []
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on('end', async () => {
      const answer = await world.handle({
        method: message.method ?? 'GET',
        url: message.url ?? '/',
        headers: { ...message.headers, cookie: 'browser=alices-browser' },
        body: async () => Buffer.concat(chunks).toString(),
      })
      const { status, headers, body } = answer ?? { status: 404, headers: {}, body: '' }
      const { location } = headers
      response.writeHead(status, {
        ...headers,
        ...(location !== undefined && { location: target }),
      })
      response.end(body)
    })
  })
}

describeInBrowser('what follows a form', (browser) => {
  it('signing in leads to the client, and on to wherever the client sends the browser', async () => {
    const third = await site((_, response) => response.end('arrived'))
    const client = await site((_, response) => response.writeHead(302, { location: third }).end())
    const ui = await uiThatLeadsTo(`${client}/callback`)
    const page = await browser().newPage()
    await page.goto(`${ui}/interaction/i1`)
    await page.fill('#username', 'alice')
    await page.fill('#password', 'correct horse')
    await page.click('button.primary', { noWaitAfter: true })
    await page.waitForURL(`${third}/**`, { timeout: 10_000 })
    expect(await page.textContent('body')).toBe('arrived')
  }, 30_000)
})
