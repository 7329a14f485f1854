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
  /** Asks for user name and password. */
  readonly login: (view: LoginView) => PageContent
  /** Asks with which account to go on. */
  readonly selectAccount: (view: SelectAccountView) => PageContent
  /** Leads to where accounts are created. */
  readonly create: (view: CreateView) => PageContent
  /** Asks what a client may do. */
  readonly consent: (view: ConsentView) => PageContent
  /** Asks whether to sign out. */
  readonly logout: (view: LogoutView) => PageContent
  /** Shows users what clients may do, and lets them take it back. */
  readonly grants: (view: GrantsView) => PageContent
  /** Says what went wrong. */
  readonly failure: (view: FailureView) => PageContent
  /** Says that the user is signed out. */
  readonly loggedOut: (view: LoggedOutView) => PageContent
}

/** Our pages. */
export const defaultRenderers: PageRenderers = {
  login: loginPage,
  selectAccount: selectAccountPage,
  create: createPage,
  consent: consentPage,
  logout: logoutPage,
  grants: grantsPage,
  failure: failurePage,
  loggedOut: loggedOutPage,
}
