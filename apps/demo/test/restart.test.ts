import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSqliteStore } from '@bailiwick/store-sqlite'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createUserAgent } from '../../../packages/cli/test/support/user-agent.js'
import { startDemo } from '../src/demo.js'

it('remembers who is signed in when it is started again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-demo-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'demo.db')

  const before = createSqliteStore({ file })
  const demo = await startDemo({
    ports: { identity: 0, invoice: 0, customer: 0, web: 0 },
    store: before,
  })
  const { identity } = demo.origins
  const agent = createUserAgent(identity)
  expect((await agent.go(`${identity}/grants`)).html).toContain('name="password"')
  await agent.submit({ username: 'alice', password: 'alice' })
  await demo.stop()
  await before.close()

  const after = createSqliteStore({ file })
  const port = Number(new URL(identity).port)
  const again = await startDemo({
    ports: { identity: port, invoice: 0, customer: 0, web: 0 },
    store: after,
  })
  // The connection of before may be tried first.
  const { html } = await vi.waitFor(() => agent.go(`${identity}/grants`))
  expect(html).toContain('Alice Adams')
  expect(html).not.toContain('name="password"')
  await again.stop()
  await after.close()
})
