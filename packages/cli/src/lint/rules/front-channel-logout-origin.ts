import type { LintRule } from '../lint-rule.js'
import { originOf } from '../origin-of.js'

/** Finds addresses for front-channel logout that are not where the client is. */
export const frontChannelLogoutOrigin: LintRule = {
  id: 'front-channel-logout-origin',
  severity: 'warning',
  title: 'a frontChannelLogoutUri of another origin than the redirect URIs',
  why: "The page is to end the client's session, whose cookies belong to the origin at which users sign in: OpenID Connect Front-Channel Logout 1.0 section 2 asks for scheme, host and port of a redirect URI.",
  check: ({ clients }) =>
    clients.flatMap(({ path, value: { frontChannelLogoutUri: uri, redirectUris = [] } }) => {
      if (uri === undefined || redirectUris.map(originOf).includes(originOf(uri))) return []
      return [
        {
          path: `${path}.frontChannelLogoutUri`,
          message: `no redirect URI has the origin '${originOf(uri)}'`,
          fix: 'move it to the origin of a redirect URI, or use backChannelLogoutUri',
        },
      ]
    }),
}
