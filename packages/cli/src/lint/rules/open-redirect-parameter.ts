import type { LintRule } from '../lint-rule.js'

const target =
  /^(?:next|url|uri|goto|target|continue|dest(?:ination)?|(?:return|redirect)(?:_?(?:to|ur[il]))?)$/i

const parameterOf = (uri: string): string | undefined =>
  URL.canParse(uri)
    ? [...new URL(uri).searchParams.keys()].find((name) => target.test(name))
    : undefined

/** Finds redirect URIs that look as if the client sent the user on from there. */
export const openRedirectParameter: LintRule = {
  id: 'open-redirect-parameter',
  severity: 'warning',
  title: 'a redirect URI with a parameter that says where to go next',
  why: 'A page that forwards the browser to where a parameter says is an open redirector, and can pass the code on (RFC 9700 section 4.11.1).',
  check: ({ clients }) =>
    clients.flatMap(({ path, value: { redirectUris = [] } }) =>
      redirectUris.flatMap((uri, index) => {
        const parameter = parameterOf(uri)
        if (parameter === undefined) return []
        return [
          {
            path: `${path}.redirectUris[${index}]`,
            message: `it has the parameter '${parameter}'`,
            fix: "register the URI without it, and keep where to go next in the user's session, found by state",
          },
        ]
      }),
    ),
}
