/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ClientDisplay } from '@bailiwick/core'
import { SignedInAs } from '../parts/account.js'
import { clientName } from '../parts/client.js'
import { Form } from '../parts/form.js'
import { renderContent } from '../parts/render-content.js'
import type { Account, FormTarget, PageContent, View } from '../parts/page-content.js'
import { fill } from '../texts/fill.js'

/** What the page shows on which users confirm that they sign out. Its form sends `decision`, `logout` or `stay`. */
export interface LogoutView extends View {
  readonly form: FormTarget
  /** Who asks for it, if it is a client. */
  readonly client: ClientDisplay | undefined
  readonly account: Account | undefined
}

/** The page on which users confirm that they sign out. */
export function logoutPage({ language, form, client, account }: LogoutView): PageContent {
  const { texts } = language
  return renderContent(
    texts.signOutTitle,
    <div class="stack wide-gap">
      <div class="stack">
        <h1>{texts.signOutTitle}</h1>
        {client !== undefined && <p>{fill(texts.signOutAsked, { client: clientName(client) })}</p>}
        {account !== undefined && <SignedInAs account={account} language={language} />}
      </div>
      <Form target={form} class="actions">
        <button class="button primary" name="decision" value="logout">
          {texts.signOut}
        </button>
        <button class="button" name="decision" value="stay">
          {texts.staySignedIn}
        </button>
      </Form>
    </div>,
  )
}
