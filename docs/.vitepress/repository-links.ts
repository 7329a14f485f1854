import { posix } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

/** Pages that are another text of the repository. */
const sources: Readonly<Record<string, string>> = {
  'reference/api-sdk.md': 'packages/api-sdk/README.md',
  'reference/security.md': 'SECURITY.md',
}

const sourceOf = (page: string): string => sources[page] ?? `docs/${page}`

/**
 * Where on the site a relative link leads to; undefined for an example, which is a folder of programs and no page. Any other
 * text has to be on the site.
 */
function linkOnSite(link: string, page: string): string | undefined {
  const [path = '', fragment = ''] = link.split(/(?=#)/)
  const target = posix.join(posix.dirname(sourceOf(page)), path)
  if (target.startsWith('docs/')) return `/${target.slice('docs/'.length)}${fragment}`
  if (target.startsWith('examples/')) return undefined
  const included = Object.keys(sources).find((name) => sources[name] === target)
  if (included === undefined) throw new Error(`${page}: ${link} is not on the site`)
  return `/${included}${fragment}`
}

const isRelative = (link: string): boolean => !/^(?:[a-z]+:|\/|#)/.test(link)

/** Has links work on the site as they work in the repository. What leads nowhere there is no link. */
export function repositoryLinks(md: MarkdownRenderer): void {
  md.core.ruler.push('repository_links', ({ tokens, env }) => {
    const page: unknown = env.relativePath
    if (typeof page !== 'string') return
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null
      if (href === null || !isRelative(href)) continue
      const onSite = linkOnSite(href, page)
      token.attrs = onSite === undefined ? [['class', 'not-here']] : [['href', onSite]]
    }
  })
}
