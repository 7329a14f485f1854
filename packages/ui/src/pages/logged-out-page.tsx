/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { Icon } from '../parts/icon.js'
import { renderContent } from '../parts/render-content.js'
import type { PageContent, View } from '../parts/page-content.js'
import { fill } from '../texts/fill.js'

/** What the page shows when a session has ended. */
export interface LoggedOutView extends View {
  /** What people know the client as that asked for it, if one did. */
  readonly clientName: string | undefined
  /** Where to go on. */
  readonly redirectUri: string | undefined
  /** To be loaded in frames that nobody sees, so that clients end their own sessions. */
  readonly frontChannelLogoutUris: readonly string[]
}

/** The page that says that a session has ended. */
export function loggedOutPage(view: LoggedOutView): PageContent {
  const { language, clientName, redirectUri, frontChannelLogoutUris } = view
  const { texts } = language
  return renderContent(
    texts.signedOutTitle,
    <div class="stack wide-gap">
      <span class="sign done">
        <Icon of="check" />
      </span>
      <div class="stack tight">
        <h1>{texts.signedOutTitle}</h1>
        {redirectUri === undefined && <p class="hint">{texts.signedOutHint}</p>}
      </div>
      {redirectUri !== undefined && (
        <a class="button primary full" href={redirectUri}>
          {fill(texts.goOnTo, { client: clientName ?? new URL(redirectUri).host })}
        </a>
      )}
      {frontChannelLogoutUris.map((uri) => (
        <iframe src={uri} title="" hidden />
      ))}
    </div>,
  )
}
