import { defineConfig } from 'vitepress'
import type { DefaultTheme } from 'vitepress'
import { breakableCode } from './breakable-code.js'
import { darkImages } from './dark-images.js'
import { nameFiles } from './name-files.js'
import { repositoryLinks } from './repository-links.js'
import { sidebar } from './sidebar.js'
import { slugify } from './slugify.js'

/** Leads to a page, and is marked on all pages of its folder. */
const navTo = (text: string, page: string): DefaultTheme.NavItemWithLink => ({
  text,
  link: `/${page}`,
  activeMatch: `^/${page.split('/', 1)[0]}/`,
})

export default defineConfig({
  lang: 'en',
  title: 'Bailiwick',
  description:
    'An OAuth 2.0 and OpenID Connect server for Node.js whose tokens say which API they are for and what they may do there.',
  cleanUrls: true,
  lastUpdated: false,
  // There is no icon; without this browsers ask for one.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  srcExclude: ['**/node_modules/**'],
  // The picture of the first page is named in its frontmatter, which knows public files only.
  vite: { publicDir: 'images/resource-model' },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify },
    config: (md) => {
      md.use(repositoryLinks)
      md.use(nameFiles)
      md.use(breakableCode)
      md.use(darkImages)
    },
  },
  themeConfig: {
    nav: [
      navTo('Start', 'start/express'),
      navTo('Resource model', 'resource-model/'),
      navTo('Guides', 'guides/signing-in'),
      navTo('Reference', 'reference/server-options'),
    ],
    sidebar,
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    externalLinkIcon: true,
    notFound: {
      quote:
        'There is nothing at this address. The search finds pages, options and errors by name.',
      linkText: 'To the first page',
      linkLabel: 'To the first page',
    },
  },
})
