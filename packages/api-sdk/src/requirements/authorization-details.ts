import type { AuthorizationDetail } from '../tokens/read-authorization-details.js'
import { permission } from './permission.js'
import { decide } from './predicate.js'
import { reject } from './requirement.js'
import type { Requirement } from './requirement.js'

/** Tells whether a detail allows what is about to happen. What throws, or is no boolean, is answered with 503. */
export type DetailPredicate = (detail: AuthorizationDetail) => boolean

const everything: DetailPredicate = () => true

/**
 * Needs an authorization detail of a type (RFC 9396) for which a function of yours, if there is one, says `true`. What
 * else a detail holds is not checked. Refused with 403 `insufficient_authorization_details` and no challenge, because
 * there is none for it.
 *
 * @example
 * ```ts
 * guard.auth(request).require(authorizationDetails('payment', ({ amount }) => amount === wanted))
 * ```
 * @throws ConfigurationError without a type.
 */
export function authorizationDetails(
  type: string,
  predicate: DetailPredicate = everything,
): Requirement<never> {
  if (typeof type !== 'string' || type === '') reject('authorizationDetails', 'name the type')
  if (typeof predicate !== 'function') reject('authorizationDetails', 'a function is needed')
  return permission('insufficient_authorization_details', ({ authorizationDetails: granted }) =>
    granted.some((detail) => detail.type === type && decide(predicate, detail)),
  )
}
