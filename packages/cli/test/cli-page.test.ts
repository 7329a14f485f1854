import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { rewriteBlocks, subjectsOf } from '../../../tests/support/rewrite-blocks.js'
import { writeContents } from '../../../tests/support/write-contents.js'
import { commands } from '../src/commands/index.js'
import { runInProcess } from './support/run-in-process.js'

const path = fileURLToPath(new URL('../../../docs/reference/cli.md', import.meta.url))
const page = readFileSync(path, 'utf8')

/** What `bailiwick COMMAND --help` says of each command. */
const helpOf = new Map(
  await Promise.all(
    commands.map(
      async ({ name }) =>
        [name, (await runInProcess(...name.split(' '), '--help')).stdout] as const,
    ),
  ),
)

function writeCommand(name: string): string {
  const [, synopsis = '', summary = '', options = ''] =
    /^Usage: (.*)\n\n(.*)\n\nOptions:\n([^]*)$/.exec(helpOf.get(name) ?? '') ?? []
  if (synopsis === '') throw new Error(`there is no command ${name}`)
  const rows = [...options.matchAll(/^ {2}(--\S+(?: \S+)?) {2,}(.*)$/gm)]
    .filter(([, option]) => option !== '--help')
    .map(([, option, text]) => `- \`${option}\`: ${text}`)
  return [summary, `\`\`\`text\n${synopsis}\n\`\`\``, rows.join('\n')].join('\n\n')
}

// `pnpm docs:reference` rewrites the page with what is expected here.
describe('docs/reference/cli.md', () => {
  it('says what --help says', async () => {
    const written = writeContents(rewriteBlocks(page, 'command', writeCommand))
    await expect(written).toMatchFileSnapshot(path)
  })

  it('tells of every command, in the order of the usage text, with an example', () => {
    expect(subjectsOf(page, 'command')).toEqual(commands.map(({ name }) => name))
    for (const section of page.split(/^## (?=`bailiwick )/m).slice(1)) {
      const [, name] = /^`bailiwick (.*)`/.exec(section) ?? []
      expect(subjectsOf(section, 'command')).toEqual([name])
      expect(section).toMatch(new RegExp(`^\`\`\`sh\\n[^]*npx bailiwick ${name}\\b`, 'm'))
    }
  })
})
