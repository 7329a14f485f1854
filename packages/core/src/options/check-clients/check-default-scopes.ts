import { problemAt } from '../problem-at.js'
import type { ClientCheck } from './client-check.js'

/** Finds scopes that the client would get by default although it may not ask for them. */
export const checkDefaultScopes: ClientCheck = (
  { defaultScopes = [], allowedScopes = [], allowOfflineAccess = false },
  path,
) => {
  const allowed: ReadonlySet<string> = new Set(allowedScopes)
  const faultOf = (scope: string): string | undefined => {
    if (scope !== 'offline_access') {
      return allowed.has(scope)
        ? undefined
        : `'${scope}' is not among allowedScopes: add it there, or remove it here`
    }
    return allowOfflineAccess
      ? undefined
      : `'offline_access' is not allowed: set allowOfflineAccess, or remove it`
  }
  return defaultScopes.flatMap((scope, index) =>
    problemAt(`${path}.defaultScopes[${index}]`, faultOf(scope)),
  )
}
