/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Site } from '../site.js'
import type { Language } from '../texts/catalogue.js'
import { fill } from '../texts/fill.js'
import { Icon } from './icon.js'
import type { PageContent } from './page-content.js'

/** A page in its frame. */
export interface Document {
  readonly site: Site
  readonly language: Language
  /** Which page it is: the class of its body. */
  readonly name: string
  readonly content: PageContent
}

/** What people know the server by. */
export function Brand({ site: { name, logo } }: Pick<Document, 'site'>): VNode {
  return (
    <header class="brand">
      {logo === undefined ? <Icon of="shield" /> : <img src={logo} alt={name ?? ''} />}
      {logo === undefined && name !== undefined && <span>{name}</span>}
    </header>
  )
}

function Page({ site, language, name, content }: Document): VNode {
  const { texts, tag } = language
  return (
    <html lang={tag} dir={texts.direction === 'rtl' ? 'rtl' : 'ltr'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{content.title}</title>
        <link rel="stylesheet" href={site.stylesheetUrl} />
      </head>
      <body class={name}>
        <Brand site={site} />
        {/* Ours and those that replace them come as HTML, in which everything is escaped already. */}
        <main class="card" dangerouslySetInnerHTML={{ __html: content.body }} />
        {site.host !== undefined && (
          <footer class="site">{fill(texts.youAreAt, { host: site.host })}</footer>
        )}
      </body>
    </html>
  )
}

/** Writes a page with the frame that all pages share. */
export function writeDocument(document: Document): string {
  return `<!doctype html>${renderToString(<Page {...document} />)}`
}
