import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importRules } from '../../src/import/rules.js'
import { temporaryFile } from '../support/files.js'
import { runInProcess } from '../support/run-in-process.js'

const page = readFileSync(new URL('../../../../docs/reference/import.md', import.meta.url), 'utf8')

const blockOf = (language: string): string =>
  page.split(`\n\`\`\`${language}\n`)[1]?.split('```', 1)[0] ?? ''

const [, findings = ''] = page.split(/^## What is found$/m)

describe('docs/reference/import.md', () => {
  it('lists what is found', () => {
    const rows = [...findings.matchAll(/^\| \[([\w-]+)\]\(#([\w-]+)\) +\| (\w+) +\| (.*?) +\|$/gm)]
    expect(
      rows.map(([, id, anchor, severity, title]) => ({ id, anchor, severity, title })),
    ).toEqual(importRules.map(({ id, severity, title }) => ({ id, anchor: id, severity, title })))
  })

  it('says of each what comes of it and what to do', () => {
    const sections = findings.split(/^### /m).slice(1)
    expect(sections.map((text) => text.split('\n', 1)[0])).toEqual(importRules.map(({ id }) => id))
    for (const [index, { severity, title, why }] of importRules.entries()) {
      expect(sections[index]).toMatch(/\n\n.+\n\n.+\n\n\S.+\.\n/s)
      expect(sections[index]).toContain(`**${severity}**: ${title}\n\n${why}\n`)
    }
  })

  it('shows what is said, and what is made', async () => {
    const from = await temporaryFile('appsettings.json', blockOf('json [appsettings.json]'))
    const out = join(dirname(from), 'bailiwick.config.ts')
    const { exitCode, stdout } = await runInProcess('import', '--from', from, '--out', out)
    const shown = (text: string): string => text.replaceAll(`${dirname(from)}/`, '')
    expect(exitCode).toBe(0)
    const command = '$ npx bailiwick import --from appsettings.json --out bailiwick.config.ts\n'
    expect(`${command}${shown(stdout)}`).toBe(blockOf('console'))
    expect(shown(await readFile(out, 'utf8'))).toBe(blockOf('ts [bailiwick.config.ts]'))
  })
})
