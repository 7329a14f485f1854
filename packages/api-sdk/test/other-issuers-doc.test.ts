import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { profiles } from '../src/options/profiles.js'
import * as presets from '../src/presets.js'
import { listen } from './support/listen.js'
import { app as example } from './support/other-issuers-example.js'
import { app as ownShape } from './support/own-shape-example.js'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const text = read('../../../docs/guides/other-issuers.md')

describe('docs/guides/other-issuers.md', () => {
  it.each(['other-issuers-example', 'own-shape-example'])('shows %s as it is compiled', (name) => {
    const code = read(`./support/${name}.ts`)
      .replace('../../src/express.js', '@bailiwick/api-sdk/express')
      .replace('../../src/presets.js', '@bailiwick/api-sdk/presets')
      .replace('../../src/index.js', '@bailiwick/api-sdk')
    expect(text).toContain(`\`\`\`ts\n${code}\`\`\``)
  })

  it.each([
    ['for well-known issuers', example],
    ['for others', ownShape],
  ])('shows code that starts %s', async (_, app) => {
    const served = await listen(app)
    const { status, headers } = await served.send({ path: '/invoices' })
    await served.close()
    expect([status, headers['www-authenticate']]).toEqual([
      401,
      'Bearer scope="invoice.read", resource_metadata="https://api.example.com/.well-known/oauth-protected-resource"',
    ])
  })

  it('tells of every preset and every profile', () => {
    const firstCells = [...text.matchAll(/^\| `(\w+)/gm)].map(([, name]) => name)
    expect(firstCells).toHaveLength(new Set(firstCells).size)
    expect(new Set(firstCells)).toEqual(
      new Set([...Object.keys(presets), ...Object.keys(profiles)]),
    )
  })
})
