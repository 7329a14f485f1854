import { ConfigurationError, isScopeToken } from '@bailiwick/protocol'
import { check, listOf, members, optional } from '../options/checks.js'
import type { GrantedAccess, Requirement } from './requirement.js'
import { reject } from './requirement.js'

/** How the user has to have authenticated. At least one of the two is needed. */
export interface StepUpOptions {
  /** The authentication context classes that are good enough, the preferred one first (`acr`, RFC 9068 section 2.2.1). */
  readonly acrValues?: readonly [string, ...string[]]
  /** How long ago it may have been, in seconds. */
  readonly maxAge?: number
}

const checkStepUp = members({
  // Values are separated by spaces, so that none can have one.
  acrValues: optional(
    listOf(
      check(
        (value) => typeof value === 'string' && isScopeToken(value),
        'a text without space, quote and backslash is needed',
      ),
    ),
  ),
  maxAge: optional(
    check(
      (value) => Number.isSafeInteger(value) && Number(value) >= 0,
      'a whole number of seconds is needed',
    ),
  ),
})

function hasAcr({ claims }: GrantedAccess, { acrValues }: StepUpOptions): boolean {
  const { acr } = claims
  return acrValues === undefined || (typeof acr === 'string' && acrValues.includes(acr))
}

function isRecent(access: GrantedAccess, { maxAge }: StepUpOptions): boolean {
  if (maxAge === undefined) return true
  const { claims, now, clockTolerance } = access
  const time = claims['auth_time']
  if (typeof time !== 'number') return false
  const age = now - time
  return age >= -clockTolerance && age <= maxAge + clockTolerance
}

/**
 * Needs the user to have authenticated in one of these ways, or recently, or both. A token that says nothing about it
 * does not meet it. A client is told with 401 how the user has to authenticate (RFC 9470).
 *
 * @example
 * ```ts
 * guard(all('invoice.pay', stepUp({ acrValues: ['urn:mfa'], maxAge: 300 })))
 * ```
 * @throws ConfigurationError when it asks for nothing, or for what a challenge cannot say.
 */
export function stepUp(options: StepUpOptions): Requirement<never> {
  const problems = checkStepUp(options, 'stepUp')
  if (problems.length > 0) throw new ConfigurationError(problems)
  const { acrValues, maxAge } = options
  if (acrValues === undefined && maxAge === undefined) {
    reject('stepUp', 'acrValues, maxAge or both are needed')
  }
  // Always both: a client that asks for the missing one alone might lose the other.
  const unmet = {
    reason: 'insufficient_user_authentication',
    scopes: [],
    acrValues,
    maxAge,
  } as const
  return {
    scopes: [],
    advertised: [],
    findUnmet: (access) =>
      hasAcr(access, options) && isRecent(access, options) ? undefined : unmet,
  }
}
