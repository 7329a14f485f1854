import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { blockOf, readText } from './support/running-blocks.js'

const example = 'apps/demo/test/testing-your-api'
const guide = readText('docs/guides/testing-your-api.md')

describe('docs/guides/testing-your-api.md', () => {
  it.each(['app.ts', 'invoices.test.ts', 'invoices.node-test.ts'])('shows %s as it is', (name) => {
    expect(blockOf(guide, name)).toBe(readText(`${example}/${name}`))
  })

  it('shows tests that pass with node:test', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '--import=tsx',
        '--conditions=bailiwick-source',
        '--test',
        '--test-reporter=tap',
        'test/testing-your-api/invoices.node-test.ts',
      ],
      { cwd: fileURLToPath(new URL('..', import.meta.url)) },
    )
    expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(100)
    expect(stdout).toMatch(/^# fail 0$/m)
  })
})
