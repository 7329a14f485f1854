import { checkAlgorithms } from '@bailiwick/protocol'
import type { ClientCheck } from './client-check.js'

/** Finds algorithms for ID tokens that nothing can be signed with. */
export const checkSigningAlgorithms: ClientCheck = (
  { allowedIdentityTokenSigningAlgorithms = [] },
  path,
  { algorithms },
) =>
  checkAlgorithms(
    allowedIdentityTokenSigningAlgorithms,
    `${path}.allowedIdentityTokenSigningAlgorithms`,
    algorithms,
  )
