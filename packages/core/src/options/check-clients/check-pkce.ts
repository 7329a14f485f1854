import type { ClientCheck } from './client-check.js'

/** Finds clients whose codes anybody could use who gets hold of one. */
export const checkPkce: ClientCheck = ({ requirePkce = true, requireClientSecret = true }, path) =>
  requirePkce || requireClientSecret
    ? []
    : [
        {
          path: `${path}.requirePkce`,
          message:
            'a public client has nothing but PKCE to prove that a code is its own (RFC 9700 section 2.1.1): remove this, or set requireClientSecret',
        },
      ]
