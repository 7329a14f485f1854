import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { temporaryFile } from './support/files.js'
import { runInProcess } from './support/run-in-process.js'

const page = fileURLToPath(new URL('../../../docs/guides/explain.md', import.meta.url))

/** What is another each time: times, identifiers and hashes. */
const mask = (text: string): string =>
  text
    .replaceAll(/\b(iat|nbf|exp|auth_time)( +)\d{10}\b/g, '$1$2…         ')
    .replaceAll(/\b(jti|sid|at_hash)( +)"[\w-]+"\n? +/g, (_, name: string, gap: string) =>
      `${name}${gap}…`.padEnd(42),
    )

/** The words of a command line, as a shell would read it. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

// `pnpm docs:examples` rewrites the page with what is expected here.
it('docs/guides/explain.md shows what bailiwick explain says', async () => {
  const text = readFileSync(page, 'utf8')
  const config = await temporaryFile(
    'bailiwick.json',
    /```json \[bailiwick\.json\]\n(.*?)```/s.exec(text)?.[1] ?? '',
  )
  const blocks = text.split(/(?<=```console\n)([^]*?)(?=```)/)
  expect(blocks).toHaveLength(9)
  const rewritten = blocks.map(async (block) => {
    const [, args] = /^\$ npx bailiwick (explain .*)$/m.exec(block) ?? []
    if (args === undefined || !block.startsWith('$ ')) return block
    const words = wordsOf(args).map((word) => (word === 'bailiwick.json' ? config : word))
    const { exitCode, stdout, stderr } = await runInProcess(...words)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    return `$ npx bailiwick ${args}\n${mask(stdout)}`
  })
  await expect((await Promise.all(rewritten)).join('')).toMatchFileSnapshot(page)
})
