import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseBlocks } from './blocks.js'
import type { Block } from './blocks.js'

/** Where the pages are. */
export const docsFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** A page of the documentation, as its author wrote it. */
export interface Page {
  /** Its path without the ending: `guides/keys`. */
  readonly name: string
  /** Its path from the root of the repository, for messages. */
  readonly path: string
  readonly text: string
  readonly blocks: readonly Block[]
}

function readPage(file: string): Page {
  const path = `docs/${file}`
  const text = readFileSync(join(docsFolder, file), 'utf8')
  return { name: file.replace(/\.md$/, ''), path, text, blocks: parseBlocks(text, path) }
}

const isPage = (file: string): boolean =>
  file.endsWith('.md') && !/(?:^|\/)(?:node_modules|\.vitepress)\//.test(file)

/** The pages that people write; `reference/api` is made of the sources. */
export const pages: readonly Page[] = readdirSync(docsFolder, {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => isPage(file) && !file.startsWith('reference/api/'))
  .toSorted()
  .map(readPage)

/** A page by its name. */
export function pageNamed(name: string): Page {
  const page = pages.find((other) => other.name === name)
  if (page === undefined) throw new Error(`there is no page ${name}`)
  return page
}

/** The pages that have blocks in one of these languages. */
export const pagesWith = (...languages: readonly string[]): readonly Page[] =>
  pages.filter(({ blocks }) => blocks.some(({ language }) => languages.includes(language)))
