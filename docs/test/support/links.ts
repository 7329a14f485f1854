import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createMarkdownRenderer } from 'vitepress'
import { slugify } from '../../.vitepress/slugify.js'
import { docsFolder } from './pages.js'

// It gives headings the identifiers that they have on the site.
const markdown = await createMarkdownRenderer(docsFolder, { anchor: { slugify } })

/** A page may be nothing but another text of the repository. */
function readWithIncludes(file: string): string {
  const text = readFileSync(file, 'utf8')
  return text.replaceAll(/^<!--@include: (.*?)-->$/gm, (_, path: string) =>
    readFileSync(join(dirname(file), path), 'utf8'),
  )
}

/** The identifiers in a text: those of its headings, and those that it gives itself. */
function findAnchors(file: string): ReadonlySet<string> {
  const tokens = markdown.parse(readWithIncludes(file), {})
  const headings = tokens.flatMap((token) => token.attrGet('id') ?? [])
  const own = tokens
    .flatMap(({ children }) => children ?? [])
    .flatMap(({ content }) => /^<a id="([^"]+)"/.exec(content)?.[1] ?? [])
  return new Set([...headings, ...own])
}

const anchorsByFile = new Map<string, ReadonlySet<string>>()

/** The same, found once for all links that lead to the text. */
function anchorsOf(file: string): ReadonlySet<string> {
  const anchors = anchorsByFile.get(file) ?? findAnchors(file)
  anchorsByFile.set(file, anchors)
  return anchors
}

/** Where the links and images of a text lead to. */
function linksIn(file: string): readonly string[] {
  const tokens = markdown.parse(readFileSync(file, 'utf8'), {})
  return tokens
    .flatMap(({ children }) => children ?? [])
    .flatMap((token) => token.attrGet('href') ?? token.attrGet('src') ?? [])
}

const isRelative = (link: string): boolean => !/^(?:[a-z]+:|\/)/.test(link)

/** The file that a link leads to. VitePress has written `.html` for `.md`, and `./` in front. */
function fileOf(file: string, path: string): string | undefined {
  const place = path === '' ? file : join(dirname(file), path.replace(/\.html$/, '.md'))
  return [place, join(place, 'index.md')].findLast((candidate) => existsSync(candidate))
}

function whatIsDead(file: string, link: string): string | undefined {
  const [path = '', fragment = ''] = decodeURIComponent(link).split('#')
  const target = fileOf(file, path)
  if (target === undefined) return `${link} does not exist`
  if (fragment === '' || anchorsOf(target).has(fragment)) return undefined
  return `${link}: there is no #${fragment}`
}

/** The relative links of a text that lead nowhere. */
export const deadLinksIn = (file: string): readonly string[] =>
  linksIn(file)
    .filter(isRelative)
    .flatMap((link) => whatIsDead(file, link) ?? [])
