import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { listening } from '../../../tests/support/listening.js'
import type { Listening } from '../../../tests/support/listening.js'
import { docsFolder } from '../support/pages.js'

const folder = join(docsFolder, '.vitepress/dist')

/** The addresses of all pages that `pnpm docs:site` has built. */
export const sitePaths: readonly string[] = readdirSync(folder, {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => file.endsWith('.html') && file !== '404.html')
  .map((file) => `/${file.replace(/(?:(^|\/)index)?\.html$/, '$1')}`)
  .toSorted()

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** The file for an address, as servers of sites with clean URLs find it. */
function fileFor(path: string): string {
  if (path.endsWith('/')) return `${path}index.html`
  return extname(path) in mediaTypes ? path : `${path}.html`
}

/** Serves the site on this machine. */
export const serveSite = (): Promise<Listening> =>
  listening(() => (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const file = fileFor(decodeURIComponent(pathname))
    readFile(join(folder, file)).then(
      (body) => response.setHeader('content-type', mediaTypes[extname(file)] ?? '').end(body),
      () => response.writeHead(404).end(),
    )
  })
