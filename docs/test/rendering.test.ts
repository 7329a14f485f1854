import { join } from 'node:path'
import { createMarkdownRenderer } from 'vitepress'
import { expect, it } from 'vitest'
import { breakableCode } from '../.vitepress/breakable-code.js'
import { darkImages } from '../.vitepress/dark-images.js'
import { docsFolder } from './support/pages.js'

const markdown = await createMarkdownRenderer(docsFolder, {
  config: (md) => {
    md.use(breakableCode)
    md.use(darkImages)
  },
})

const render = (text: string): string =>
  markdown.render(text, { path: join(docsFolder, 'guides/explorer.md') })

it.each([
  ['`allowedResources`', '<code>allowedResources</code>'],
  ['`alwaysIncludeUserClaims`', '<code>always<wbr>Include<wbr>User<wbr>Claims</code>'],
  ['`resource=https://a.example`', '<code>resource=<wbr>https://<wbr>a.<wbr>example</code>'],
  ['`new Map<string, unknown>()`', '<code>new Map&lt;string, unknown&gt;()</code>'],
])('%s breaks in a line where its parts meet, if it is long', (text, html) => {
  expect(render(text)).toContain(html)
})

it('shows a picture in the colours of the reader, where there are both', () => {
  const sources = [
    ...render('![x](../images/resource-explorer.png)').matchAll(/src="(.*?)".*?class="(.*?)"/g),
  ].map(([, source, className]) => [source, className])
  expect(sources).toEqual([
    ['./../images/resource-explorer.png', 'in-light'],
    ['./../images/resource-explorer-dark.png', 'in-dark'],
  ])
})

it('leaves a picture that there is once as it is', () => {
  expect(render('![x](../images/resource-model/model.svg)')).not.toContain('class=')
})
