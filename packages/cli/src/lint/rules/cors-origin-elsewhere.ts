import type { LintRule } from '../lint-rule.js'
import { originOf } from '../origin-of.js'

/** Finds origins whose scripts may call for a client that is not there. */
export const corsOriginElsewhere: LintRule = {
  id: 'cors-origin-elsewhere',
  severity: 'warning',
  title: 'an allowed origin at which the client has no redirect URI',
  why: 'A script that redeems codes runs where the browser is called back. An origin without a redirect URI is a slip, or lets scripts of another site call for this client.',
  check: ({ clients }) =>
    clients.flatMap(({ path, value: { clientId, redirectUris = [], allowedCorsOrigins = [] } }) => {
      const origins = new Set(redirectUris.map(originOf))
      return allowedCorsOrigins.flatMap((origin, index) =>
        origins.has(origin)
          ? []
          : [
              {
                path: `${path}.allowedCorsOrigins[${index}]`,
                message: `client '${clientId}' is not called back at '${origin}'`,
                fix: 'write the origin of a redirect URI, or remove it',
              },
            ],
      )
    }),
}
