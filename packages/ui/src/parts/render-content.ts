import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { PageContent } from './page-content.js'

/** Writes what a page shows as HTML. */
export function renderContent(title: string, body: VNode): PageContent {
  return { title, body: renderToString(body) }
}
