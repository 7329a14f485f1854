/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ClientDisplay } from '@bailiwick/core'
import { ClientHeading } from '../parts/client-heading.js'
import { renderContent } from '../parts/render-content.js'
import type { PageContent, View } from '../parts/page-content.js'

/** What the page shows that leads to where accounts are created. */
export interface CreateView extends View {
  readonly client: ClientDisplay | undefined
  readonly registerUrl: string
  /** Where to sign in instead. */
  readonly loginUrl: string
}

/** The page that leads to where accounts are created (Initiating User Registration via OpenID Connect 1.0). */
export function createPage({ language, client, registerUrl, loginUrl }: CreateView): PageContent {
  const { texts } = language
  return renderContent(
    texts.createAccount,
    <div class="stack wide-gap">
      <ClientHeading title={texts.createAccount} client={client} language={language} />
      <div class="stack">
        <p>{texts.createAccountHint}</p>
        <a class="button primary full" href={registerUrl}>
          {texts.createAccount}
        </a>
        <p class="aside">
          <a href={loginUrl}>{texts.haveAccount}</a>
        </p>
      </div>
    </div>,
  )
}
