import { isLoopback } from '../../configuration/is-loopback.js'
import type { LintRule } from '../lint-rule.js'

/** Finds redirect URIs of development on a server that is not for development. */
export const loopbackRedirect: LintRule = {
  id: 'loopback-redirect',
  severity: 'warning',
  title: 'a web client of a public server that is called back on a loopback address',
  why: "The code goes to whatever listens on that port of the user's machine, and the address is most often a leftover of development. Only native applications are called back there (RFC 8252 section 7.3).",
  check: ({ isPublic, clients }) =>
    clients
      .filter(({ value }) => isPublic && value.applicationType !== 'native')
      .flatMap(({ path, value: { redirectUris = [] } }) =>
        redirectUris.flatMap((uri, index) =>
          isLoopback(uri)
            ? [
                {
                  path: `${path}.redirectUris[${index}]`,
                  message: `'${uri}' is on the machine of whoever opens it`,
                  fix: "remove it, register a client of its own for development, or set applicationType to 'native'",
                },
              ]
            : [],
        ),
      ),
}
