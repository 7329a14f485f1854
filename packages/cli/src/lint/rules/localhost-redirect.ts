import type { LintRule } from '../lint-rule.js'

const isLocalhost = (uri: string): boolean =>
  URL.canParse(uri) && new URL(uri).hostname === 'localhost'

/** Finds native applications that are called back under a name instead of an address. */
export const localhostRedirect: LintRule = {
  id: 'localhost-redirect',
  severity: 'warning',
  title: 'a native client that is called back at localhost',
  why: 'The name may lead elsewhere than to the loopback interface, and firewalls treat it differently: RFC 8252 section 8.3 recommends the address itself.',
  check: ({ clients }) =>
    clients
      .filter(({ value }) => value.applicationType === 'native')
      .flatMap(({ path, value: { redirectUris = [] } }) =>
        redirectUris.flatMap((uri, index) =>
          isLocalhost(uri)
            ? [
                {
                  path: `${path}.redirectUris[${index}]`,
                  message: `'${uri}' names localhost`,
                  fix: 'write 127.0.0.1 or [::1], here and in the client',
                },
              ]
            : [],
        ),
      ),
}
