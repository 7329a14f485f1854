import type { ClientCheck } from './client-check.js'

/** Finds API resources that are not declared. */
export const checkAllowedResources: ClientCheck = (
  { allowedResources = [] },
  path,
  { apiResources },
) =>
  allowedResources.flatMap((name, index) =>
    apiResources.has(name)
      ? []
      : [
          {
            path: `${path}.allowedResources[${index}]`,
            message: `'${name}' is no API resource: declare or remove it`,
          },
        ],
  )
