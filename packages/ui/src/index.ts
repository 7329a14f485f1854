export type { Appearance } from './appearance.js'
export { createPages } from './create-pages.js'
export type { PagesOptions } from './create-pages.js'
export { createUi } from './create-ui.js'
export { createExplorer } from './explorer/create-explorer.js'
export type {
  ExplorerAccess,
  ExplorerOptions,
  ExplorerServer,
} from './explorer/explorer-options.js'
export type { ConsentView } from './pages/consent-page.js'
export type { CreateView } from './pages/create-page.js'
export type { FailureView } from './pages/failure-page.js'
export type { GrantsView } from './pages/grants-page.js'
export type { LoggedOutView } from './pages/logged-out-page.js'
export type { LoginView } from './pages/login-page.js'
export type { LogoutView } from './pages/logout-page.js'
export type { PageRenderers } from './pages/page-renderers.js'
export type { SelectAccountView } from './pages/select-account-page.js'
export type { Account, FormTarget, PageContent, View } from './parts/page-content.js'
export type { Theme, ThemeProperty, ThemeValue } from './style/theme.js'
export type { Language, TextOverrides, Texts } from './texts/catalogue.js'
export type { Authenticate, Credentials, UiOptions, UiServer } from './ui-options.js'
