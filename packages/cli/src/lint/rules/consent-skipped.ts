import type { LintRule } from '../lint-rule.js'
import { actsForUsers } from '../reach.js'

/** The last two labels of a host: near enough to what one owner has. */
const siteOf = (url: string): string => new URL(url).hostname.split('.').slice(-2).join('.')

const isElsewhere = (uri: string, issuer: string): boolean =>
  uri.startsWith('https:') && siteOf(uri) !== siteOf(issuer)

/** Finds clients of somebody else that users are not asked about. */
export const consentSkipped: LintRule = {
  id: 'consent-skipped',
  severity: 'warning',
  title: 'a client at another site that gets tokens without asking the user',
  why: 'A client at another site often belongs to somebody else. Without requireConsent it learns about whoever follows a link to it, and acts for them, as soon as they are signed in here.',
  check: ({ isPublic, clients, configuration: { issuer } }) => {
    if (!isPublic || issuer === undefined) return []
    return clients.flatMap(({ path, value: client }) => {
      if (client.requireConsent === true || !actsForUsers(client)) return []
      const elsewhere = client.redirectUris?.find((uri) => isElsewhere(uri, issuer))
      if (elsewhere === undefined) return []
      return [
        {
          path: `${path}.requireConsent`,
          message: `client '${client.clientId}' is called back at ${new URL(elsewhere).origin}, and users are not asked`,
          fix: 'set requireConsent to true; if the client is yours, move it to the site of the issuer or ignore this rule',
        },
      ]
    })
  },
}
