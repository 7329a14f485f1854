import type { LintRule } from '../lint-rule.js'

/** Finds native applications that are called back under a scheme of their own. */
export const privateSchemeRedirect: LintRule = {
  id: 'private-scheme-redirect',
  severity: 'info',
  title: 'a native client that is called back under a scheme of its own',
  why: "Any application on the user's device can claim the same scheme and receive the code; PKCE keeps it from using the code, but not from pretending to be the client. An https URI that the system reserves for the application cannot be claimed by others (RFC 8252 sections 7.2 and 8.6).",
  check: ({ clients }) =>
    clients.flatMap(({ path, value: { redirectUris = [] } }) =>
      redirectUris.flatMap((uri, index) =>
        /^https?:/i.test(uri)
          ? []
          : [
              {
                path: `${path}.redirectUris[${index}]`,
                message: `any application could claim '${uri}'`,
                fix: 'use an https URI that the operating system reserves for the application',
              },
            ],
      ),
    ),
}
