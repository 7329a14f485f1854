import type { ClientCheck } from './client-check.js'

/** Finds grants that the server does not offer. */
export const checkGrantTypes: ClientCheck = ({ allowedGrantTypes }, path, { grantTypes }) =>
  allowedGrantTypes.flatMap((grantType, index) =>
    grantTypes.has(grantType)
      ? []
      : [
          {
            path: `${path}.allowedGrantTypes[${index}]`,
            message: `'${grantType}' is not supported: use one of ${[...grantTypes].join(', ')}`,
          },
        ],
  )
