import { given } from '@bailiwick/protocol'
import type { ConfigurationProblem } from '@bailiwick/protocol'
import { checkFunction, checkMembers } from '../check-members.js'
import type { PageContent } from '../parts/page-content.js'
import { consentPage } from './consent-page.js'
import type { ConsentView } from './consent-page.js'
import { createPage } from './create-page.js'
import type { CreateView } from './create-page.js'
import { failurePage } from './failure-page.js'
import type { FailureView } from './failure-page.js'
import { grantsPage } from './grants-page.js'
import type { GrantsView } from './grants-page.js'
import { loggedOutPage } from './logged-out-page.js'
import type { LoggedOutView } from './logged-out-page.js'
import { loginPage } from './login-page.js'
import type { LoginView } from './login-page.js'
import { logoutPage } from './logout-page.js'
import type { LogoutView } from './logout-page.js'
import { selectAccountPage } from './select-account-page.js'
import type { SelectAccountView } from './select-account-page.js'

/** What each page shows. Those that you give replace ours; frame, style and header fields stay. */
export interface PageRenderers {
  /** Users sign in. */
  readonly login: (view: LoginView) => PageContent
  /** Users choose the account to go on with (`prompt=select_account`). */
  readonly selectAccount: (view: SelectAccountView) => PageContent
  /** Users are led to where accounts are created (`prompt=create`). */
  readonly create: (view: CreateView) => PageContent
  /** Users allow what a client asks for. */
  readonly consent: (view: ConsentView) => PageContent
  /** Users confirm that they want to sign out. */
  readonly logout: (view: LogoutView) => PageContent
  /** Users see and take back what they allowed. */
  readonly grants: (view: GrantsView) => PageContent
  /** Something went wrong, and no client can be told. */
  readonly failure: (view: FailureView) => PageContent
  /** The session has ended. */
  readonly loggedOut: (view: LoggedOutView) => PageContent
}

/** Our pages. */
const defaultRenderers: PageRenderers = {
  login: loginPage,
  selectAccount: selectAccountPage,
  create: createPage,
  consent: consentPage,
  logout: logoutPage,
  grants: grantsPage,
  failure: failurePage,
  loggedOut: loggedOutPage,
}

/** Puts your pages in place of ours. */
export const createRenderers = (pages: Partial<PageRenderers> = {}): PageRenderers => ({
  ...defaultRenderers,
  ...given(pages),
})

/** Finds pages that are no functions. */
export const checkPages = (pages: unknown): readonly ConfigurationProblem[] =>
  checkMembers('pages', pages, checkFunction)
