import { readClaim, readPath } from './claim-path.js'
import type { ClaimPath } from './claim-path.js'
import { permission } from './permission.js'
import { decide } from './predicate.js'
import { reject } from './requirement.js'
import type { Requirement } from './requirement.js'

/** A value that claims can be compared with. */
export type ClaimValue = string | number | boolean

/** What a claim has to be. A claim the token does not have is none of it. */
export interface ClaimRequirements {
  /** The claim is exactly this value. */
  readonly equals: (value: ClaimValue) => Requirement<never>
  /** The claim is a list that has this value. */
  readonly includes: (value: ClaimValue) => Requirement<never>
  /** The claim is exactly one of these values. */
  readonly oneOf: (...values: readonly [ClaimValue, ...ClaimValue[]]) => Requirement<never>
  /**
   * A function of yours says `true`. When it throws, or returns anything but a boolean, the request is answered with
   * 503, for nobody knows then whether it may pass.
   */
  readonly satisfies: (predicate: (value: unknown) => boolean) => Requirement<never>
}

function require(path: readonly string[], test: (value: unknown) => boolean): Requirement<never> {
  return permission('claim_mismatch', ({ claims }) => {
    const value = readClaim(claims, path)
    return value !== undefined && test(value)
  })
}

function checkValues(values: readonly unknown[]): void {
  if (values.length === 0) reject('claim.oneOf', 'name at least one value')
  if (!values.every((value) => ['string', 'number', 'boolean'].includes(typeof value))) {
    reject('claim', 'a claim is compared with a string, a number or a boolean')
  }
}

/**
 * Needs a claim to have a value. The name is taken literally, also when it is a URL or holds dots; a list of names is a
 * path into nested claims. A token that does not meet it is answered with 403 and no challenge, because a new token
 * would be no different.
 *
 * @example
 * ```ts
 * guard(all('invoice.pay', claim(['realm_access', 'roles']).includes('accountant')))
 * ```
 * @throws ConfigurationError without a name, and in its methods without a value.
 */
export function claim(name: ClaimPath): ClaimRequirements {
  const path = readPath('claim', name)
  const oneOf: ClaimRequirements['oneOf'] = (...values) => {
    checkValues(values)
    return require(path, (value) => values.some((accepted) => accepted === value))
  }
  return {
    equals: oneOf,
    oneOf,
    includes: (item) => {
      checkValues([item])
      return require(path, (value) => Array.isArray(value) && value.includes(item))
    },
    satisfies: (predicate) => {
      if (typeof predicate !== 'function') reject('claim.satisfies', 'a function is needed')
      return require(path, (value) => decide(predicate, value))
    },
  }
}
