import type { ClientCheck } from './client-check.js'

/** Finds lifetimes that are none. */
export const checkLifetimes: ClientCheck = ({ accessTokenLifetime = 1 }, path) =>
  Number.isSafeInteger(accessTokenLifetime) && accessTokenLifetime > 0
    ? []
    : [
        {
          path: `${path}.accessTokenLifetime`,
          message: 'a lifetime is a whole number of seconds above 0',
        },
      ]
