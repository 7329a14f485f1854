import type { Claims } from '../tokens/decode-token.js'
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

// Own members only: `toString` is no claim unless somebody put it there.
function readClaim(claims: Claims, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    return Reflect.get(value, name)
  }, claims)
}

function require(path: readonly string[], test: (value: unknown) => boolean): Requirement<never> {
  return {
    scopes: [],
    advertised: [],
    findUnmet: ({ claims }) => {
      const value = readClaim(claims, path)
      return value !== undefined && test(value) ? undefined : { reason: 'claim_mismatch' }
    },
  }
}

function checkValues(values: readonly unknown[]): void {
  if (values.length === 0) reject('claim.oneOf', 'name at least one value')
  if (!values.every((value) => ['string', 'number', 'boolean'].includes(typeof value))) {
    reject('claim', 'a claim is compared with a string, a number or a boolean')
  }
}

function decide(predicate: (value: unknown) => unknown, value: unknown): boolean {
  const answer = predicate(value)
  if (typeof answer === 'boolean') return answer
  // A promise is truthy. An async predicate must not let everybody pass.
  throw new TypeError('the predicate of a claim returned no boolean')
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
export function claim(name: string | readonly [string, ...string[]]): ClaimRequirements {
  const path: readonly string[] = [name].flat()
  if (path.length === 0 || !path.every((part) => typeof part === 'string' && part !== '')) {
    reject('claim', 'name the claim')
  }
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
