import type { ClientCheck } from './client-check.js'

/** Finds scopes that are not declared. */
export const checkAllowedScopes: ClientCheck = ({ allowedScopes = [] }, path, { scopes }) =>
  allowedScopes.flatMap((scope, index) => {
    if (scopes.has(scope)) return []
    const remedy =
      scope === 'offline_access'
        ? 'set allowOfflineAccess instead'
        : 'declare it as an identity resource or API scope, or remove it'
    return [
      { path: `${path}.allowedScopes[${index}]`, message: `'${scope}' is unknown: ${remedy}` },
    ]
  })
