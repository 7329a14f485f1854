import type { LintRule } from '../lint-rule.js'
import type { LintSubject } from '../lint-subject.js'
import { originOf } from '../origin-of.js'
import { actsForUsers } from '../reach.js'

type Client = LintSubject['clients'][number]['value']

const runsInBrowser = (client: Client): boolean =>
  client.requireClientSecret === false &&
  client.applicationType !== 'native' &&
  actsForUsers(client)

/** Finds applications in browsers that cannot redeem their codes. */
export const browserClientWithoutCors: LintRule = {
  id: 'browser-client-without-cors',
  severity: 'warning',
  title: 'a public web client that no origin may call for',
  why: 'It runs in a browser, which lets its script read the answer of the token endpoint only if its origin is allowed. It gets a code and cannot redeem it.',
  check: ({ clients, configuration: { issuer = '' } }) =>
    clients.flatMap(({ path, value: client }) => {
      const { clientId, redirectUris = [], allowedCorsOrigins = [] } = client
      if (!runsInBrowser(client) || allowedCorsOrigins.length > 0) return []
      if (redirectUris.some((uri) => originOf(uri) === originOf(issuer))) return []
      return [
        {
          path: `${path}.allowedCorsOrigins`,
          message: `no script may call the token endpoint for '${clientId}'`,
          fix: "add the origin of its redirect URI, or set applicationType to 'native' if it is installed on a device",
        },
      ]
    }),
}
