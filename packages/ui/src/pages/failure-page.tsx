/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { Icon } from '../parts/icon.js'
import { renderContent } from '../parts/render-content.js'
import type { PageContent, View } from '../parts/page-content.js'

/** What a page shows when something is wrong. */
export interface FailureView extends View {
  /** What is wrong. */
  readonly title: string
  /** What to do about it. */
  readonly text: string
  /** For those who run the application that made a mistake: a code of the protocol, and what is wrong. */
  readonly details: { readonly error: string; readonly description: string } | undefined
}

/** The page that says what is wrong, and what to do about it. */
export function failurePage({ title, text, details }: FailureView): PageContent {
  return renderContent(
    title,
    <div class="stack wide-gap">
      <span class="sign problem">
        <Icon of="alert" />
      </span>
      <div class="stack">
        <h1>{title}</h1>
        <p class="hint">{text}</p>
        {details !== undefined && (
          <div class="facts" lang="en" dir="ltr">
            <code>{details.error}</code>
            <p>{details.description}</p>
          </div>
        )}
      </div>
    </div>,
  )
}
