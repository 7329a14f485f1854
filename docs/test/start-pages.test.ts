import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createUserAgent } from '../../packages/cli/test/support/user-agent.js'
import { createFolder } from './support/folder.js'
import { pages } from './support/pages.js'
import type { Page } from './support/pages.js'
import { movePorts } from './support/ports.js'
import { openShell } from './support/shell.js'

/** Starts the programs that somebody has at the end of a page. Returns where those of the page listen. */
async function startPrograms({ text, blocks }: Page): Promise<(origin: string) => string> {
  const { moved } = await movePorts(text)
  const folder = createFolder()
  const shell = openShell(folder)
  onTestFinished(async () => {
    await shell.stop()
    rmSync(folder, { recursive: true })
  })
  for (const { file, code } of blocks) {
    if (file !== undefined) writeFileSync(join(folder, file), moved(code))
  }
  const stay = blocks.flatMap(({ notes, code }) => {
    const ready = notes.get('stays')
    return ready === undefined ? [] : [{ code, ready }]
  })
  for (const { code, ready } of stay) await shell.start(code, moved(ready))
  return moved
}

it.each(pages.filter(({ name }) => /^start\/(express|koa)$/.test(name)))(
  '$name signs Alice in, and shows what the application gets',
  { timeout: 180_000 },
  async (page) => {
    const moved = await startPrograms(page)
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
