import type { Language } from '../texts/catalogue.js'

/** What a page shows, without the frame that all pages share. */
export interface PageContent {
  /** What the browser's tab says. */
  readonly title: string
  /** HTML: what it shows of texts and names has to be escaped already. It holds one `h1`, and no script or style. */
  readonly body: string
}

/** What every page is told. */
export interface View {
  readonly language: Language
}

/** What a page with a form has to send: `action` is where, `csrfToken` belongs into the hidden field `csrf`. */
export interface FormTarget {
  readonly action: string
  readonly csrfToken: string
}

/** Who is signed in. */
export interface Account {
  readonly subject: string
  /** What people know the account as. */
  readonly name: string
}
