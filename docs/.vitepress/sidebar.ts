import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { DefaultTheme } from 'vitepress'
import { chapters } from './chapters.js'

const docs = fileURLToPath(new URL('..', import.meta.url))
const api = 'reference/api/@bailiwick'

/** The heading of a page, as plain text. */
function headingOf(page: string): string {
  const [, heading] = /^# (.*)$/m.exec(readFileSync(`${docs}/${page}.md`, 'utf8')) ?? []
  return heading?.replaceAll('`', '') ?? page
}

const itemOf = (page: string, text = headingOf(page)): DefaultTheme.SidebarItem => ({
  text,
  link: `/${page.replace(/(^|\/)index$/, '$1')}`,
})

/** The packages and their entries, which `typedoc` has written a page about each. */
function apiItems(): readonly DefaultTheme.SidebarItem[] {
  const folder = `${docs}/${api}`
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .toSorted()
    .map((file) => itemOf(`${api}/${file.replace(/\.md$/, '')}`))
}

/** What stands beside every page: the chapters, and what the packages export. */
export const sidebar: DefaultTheme.SidebarItem[] = [
  ...chapters.map(({ title, pages }) => ({
    text: title,
    items: Object.entries(pages).map(([page, text]) => itemOf(page, text)),
  })),
  { text: 'Packages', link: '/reference/api/', collapsed: true, items: [...apiItems()] },
]
