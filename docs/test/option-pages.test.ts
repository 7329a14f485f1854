import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { themeDefaults } from '../../packages/ui/src/style/theme.js'
import { rewriteBlocks, subjectsOf } from '../../tests/support/rewrite-blocks.js'
import { writeContents } from '../../tests/support/write-contents.js'
import { exportedType } from '../generate/declarations.js'
import { membersOf } from '../generate/members.js'
import { readOptionsBlock, writeOptionsBlock } from '../generate/options-block.js'

const pages = [
  'server-options.md',
  'client-options.md',
  'resource-options.md',
  'page-options.md',
].map((name) => ({
  name,
  path: fileURLToPath(new URL(`../reference/${name}`, import.meta.url)),
}))

const namesOf = (typeName: string): readonly string[] =>
  membersOf(exportedType(typeName)).map(({ name }) => name)

/** The options that only a program can give. */
function writeCodeOptions(): string {
  const inFiles = new Set([...namesOf('Configuration'), ...namesOf('ResourceDefinitions')])
  return namesOf('AuthorizationServerOptions')
    .filter((name) => name !== 'resources' && !inFiles.has(name))
    .map((name) => `[\`${name}\`](#${name.toLowerCase()})`)
    .join(', ')
}

// `pnpm docs:reference` rewrites the pages with what is expected here.
describe.each(pages)('docs/reference/$name', ({ path }) => {
  const page = readFileSync(path, 'utf8')
  const subjects = subjectsOf(page, 'options')

  it('says what the types and their docstrings say', async () => {
    const filled = rewriteBlocks(page, 'options', writeOptionsBlock)
    const listed = rewriteBlocks(filled, 'not in a file', writeCodeOptions)
    await expect(writeContents(listed)).toMatchFileSnapshot(path)
  })

  it('leaves out no option of the types that it is about', () => {
    const blocks = subjects.map(readOptionsBlock)
    const told = new Set(
      blocks.flatMap(({ members }) => members.map((member) => member.declaration)),
    )
    for (const { typeName } of blocks) {
      const untold = membersOf(exportedType(typeName)).filter(
        (member) => !told.has(member.declaration),
      )
      expect([typeName, ...untold.map(({ name }) => name)]).toEqual([typeName])
    }
  })
})

const valueOf = (value: string | { readonly light: string; readonly dark: string }): string =>
  typeof value === 'string' ? `\`${value}\`` : `\`${value.light}\`, dark \`${value.dark}\``

describe('docs/reference/page-options.md', () => {
  it('tells what a theme can change, and the values without one', () => {
    const page = readFileSync(new URL('../reference/page-options.md', import.meta.url), 'utf8')
    const rows = [...page.matchAll(/^- `(\w+)`: .+ \((`.*`)\)$/gm)]
    expect(rows.map(([, name, value]) => [name, value])).toEqual(
      Object.entries(themeDefaults).map(([name, value]) => [name, valueOf(value)]),
    )
  })
})
