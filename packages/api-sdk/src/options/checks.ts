import type { ConfigurationProblem } from '@bailiwick/protocol'
import { isRecord } from '../is-record.js'

/** Finds what is wrong with a value at a path. */
export type Check = (value: unknown, path: string) => readonly ConfigurationProblem[]

/** A check for each member of an object: what is not among them may not be there. */
export type MemberChecks = Readonly<Record<string, Check>>

/** Makes a check out of a condition and what to say when it does not hold. */
export function check(holds: (value: unknown) => boolean, message: string): Check {
  return (value, path) => (holds(value) ? [] : [{ path, message }])
}

/** Lets undefined pass. */
export function optional(inner: Check): Check {
  return (value, path) => (value === undefined ? [] : inner(value, path))
}

/** A list with at least one item, each of which passes a check. */
export function listOf(inner: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value) || value.length === 0) {
      return [{ path, message: 'a list with at least one item is needed' }]
    }
    return value.flatMap((item, index) => inner(item, `${path}[${index}]`))
  }
}

/** A finite number of seconds within limits. */
export function seconds(least: number, most: number): Check {
  return check(
    (value) => typeof value === 'number' && value >= least && value <= most,
    `a number of seconds from ${least} to ${most} is needed`,
  )
}

/** A whole number from 1. */
export function wholeNumber(most: number): Check {
  return check(
    (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most,
    `a whole number from 1 to ${most} is needed`,
  )
}

/** One of several texts. */
export function oneOf(accepted: readonly string[]): Check {
  return check(
    (value) => accepted.some((text) => text === value),
    `one of ${accepted.join(', ')} is needed`,
  )
}

/** `true` or `false`. */
export const flag: Check = check((value) => typeof value === 'boolean', 'true or false is needed')

/** A function. */
export const callable: Check = check((value) => typeof value === 'function', 'a function is needed')

/** An object that has these methods, and whatever else. */
export function withMethods(names: readonly string[]): Check {
  return check(
    (value) => isRecord(value) && names.every((name) => typeof value[name] === 'function'),
    `an object with ${names.join(' and ')} is needed`,
  )
}

/** The name of a header field or a cookie. */
export const fieldName: Check = check(
  (value) => typeof value === 'string' && /^[\w!#$%&'*+\-.^`|~]+$/.test(value),
  'a name that cookies and header fields can have is needed (RFC 9110 section 5.6.2)',
)

/** A non-empty text. */
export const text: Check = check(
  (value) => typeof value === 'string' && value !== '',
  'a text is needed',
)

/** An object whose members pass their checks, and that has no others: a misspelt option would protect nothing. */
export function members(checks: MemberChecks): Check {
  return (value, path) => {
    const names = Object.keys(checks).join(', ')
    if (!isRecord(value)) {
      return [
        { path: path === '' ? 'options' : path, message: `an object is needed, with ${names}` },
      ]
    }
    const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(checks, name))
    return [
      ...unknown.map((name) => ({
        path: at(name),
        message: `there is no such option: there are ${names}`,
      })),
      ...Object.entries(checks).flatMap(([name, inner]) => inner(value[name], at(name))),
    ]
  }
}
