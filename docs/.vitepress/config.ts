import { defineConfig } from 'vitepress'
import { nameFiles } from './name-files.js'
import { repositoryLinks } from './repository-links.js'
import { sidebar } from './sidebar.js'
import { slugify } from './slugify.js'

export default defineConfig({
  lang: 'en',
  title: 'Bailiwick',
  description:
    'An OAuth 2.0 and OpenID Connect server for Node.js whose tokens say which API they are for and what they may do there.',
  cleanUrls: true,
  lastUpdated: false,
  srcExclude: ['**/node_modules/**'],
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify },
    config: (md) => {
      md.use(repositoryLinks)
      md.use(nameFiles)
    },
  },
  themeConfig: {
    nav: [
      { text: 'Start', link: '/start/express', activeMatch: '^/start/' },
      { text: 'Resource model', link: '/resource-model/', activeMatch: '^/resource-model/' },
      { text: 'Guides', link: '/guides/signing-in', activeMatch: '^/guides/' },
      { text: 'Reference', link: '/reference/api/', activeMatch: '^/reference/' },
    ],
    sidebar,
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    externalLinkIcon: true,
  },
})
