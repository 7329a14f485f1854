import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createAuthorizationServer } from '@bailiwick/core'
import { expect, it } from 'vitest'
import { describeQuestions, drawQuestions } from '../pictures/draw-questions.js'
import { questions } from '../pictures/questions.js'
import { formatPage } from './model-pages/format-page.js'
import { writePage } from './model-pages/write-page.js'
import { writeQuestions } from './model-pages/write-questions.js'

const docs = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

// `pnpm docs:examples` rewrites the pages and draws the pictures of what is expected here.
it.each(['index', 'identity-resources', 'api-scopes', 'api-resources', 'isolation'])(
  'docs/resource-model/%s.md says what bailiwick explain says',
  async (name) => {
    const page = docs(`resource-model/${name}.md`)
    const { markdown, pictures } = await writePage(readFileSync(page, 'utf8'))
    expect(pictures.size).toBeGreaterThan(0)
    await expect(await formatPage(markdown)).toMatchFileSnapshot(page)
    for (const [picture, svg] of pictures) {
      await expect(svg).toMatchFileSnapshot(docs(`images/resource-model/${picture}.svg`))
    }
  },
)

it('docs/resource-model/which-one.md asks the questions of its picture', async () => {
  const page = docs('resource-model/which-one.md')
  const written = [
    `![${describeQuestions(questions)}](../images/resource-model/which-one.svg)`,
    writeQuestions(questions),
  ].join('\n\n')
  const markdown = readFileSync(page, 'utf8').replace(
    /(?<=<!-- generated: questions -->\n)[^]*?(?=<!-- \/generated -->)/,
    () => `\n${written}\n\n`,
  )
  await expect(await formatPage(markdown)).toMatchFileSnapshot(page)
  await expect(drawQuestions(questions)).toMatchFileSnapshot(
    docs('images/resource-model/which-one.svg'),
  )
})

const answers = questions.flatMap(({ cases }) => cases.map(({ answer }) => answer))

it.each(answers)('can be declared as the answer says: $name', ({ resources = {} }) => {
  const dataKeys = [Buffer.alloc(32, 1).toString('base64')]
  const options = { issuer: 'https://id.example.com', dataKeys, resources, clients: [] }
  expect(() => createAuthorizationServer(options)).not.toThrow()
})
