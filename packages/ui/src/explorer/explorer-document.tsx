/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { Brand } from '../parts/document.js'
import type { Explanation } from '@bailiwick/core'
import { ExplanationView } from './explanation/explanation-view.js'
import type { ExplorerSite } from './explorer-site.js'
import type { RequestFields } from './request/request-fields.js'
import { RequestForm } from './request/request-form.js'

/** What the page shows besides the configuration. */
export interface ExplorerView {
  readonly fields: RequestFields
  /** `undefined`: nothing was asked yet. */
  readonly explanation: Explanation | undefined
}

function NothingYet(): VNode {
  return (
    <section
      class="panel explanation nothing"
      id="explanation"
      aria-labelledby="explanation-heading"
    >
      <h2 id="explanation-heading">Explanation</h2>
      <p class="hint">
        Choose a client and what it asks for. Beside the tokens that it would get stands why each
        says what it says, and what would give what is missing.
      </p>
    </section>
  )
}

function Page({ site, view }: { readonly site: ExplorerSite; readonly view: ExplorerView }): VNode {
  const { fields, explanation } = view
  // The explanations are in English, and so is what stands around them.
  return (
    <html lang="en" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Resource explorer</title>
        <link rel="stylesheet" href={site.stylesheetUrl} />
        <script type="module" src={site.scriptUrl} />
      </head>
      <body class="explorer">
        <div class="top">
          <Brand site={site} />
          <nav aria-label="On this page">
            <a href="#picture">Configuration</a> <a href="#try">Try a request</a>
          </nav>
        </div>
        <main>
          <header class="intro">
            <h1>Resource explorer</h1>
            <p class="hint">
              What clients can ask for at {site.host}, where it leads, and why a token says what it
              says.
            </p>
          </header>
          {/* Drawn once, and everything in it escaped. */}
          <div dangerouslySetInnerHTML={{ __html: site.picture }} />
          <div class="workbench">
            <RequestForm action={site.url} fields={fields} suggested={site.suggested} />
            {explanation === undefined ? (
              <NothingYet />
            ) : (
              <ExplanationView explanation={explanation} />
            )}
          </div>
        </main>
      </body>
    </html>
  )
}

/** Writes the page of the explorer. */
export function writeExplorer(site: ExplorerSite, view: ExplorerView): string {
  return `<!doctype html>${renderToString(<Page site={site} view={view} />)}`
}
