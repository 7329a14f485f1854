import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { deadLinksIn } from './support/links.js'
import { docsFolder, pages } from './support/pages.js'

const root = dirname(docsFolder)

const others = ['README.md', 'AGENTS.md', 'CONTRIBUTING.md', 'SECURITY.md']
const texts = [
  ...pages.map(({ path }) => path),
  ...others,
  ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`),
]

it.each(texts)('the links of %s lead somewhere', (text) => {
  expect(deadLinksIn(join(root, text))).toEqual([])
})
