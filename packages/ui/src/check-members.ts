import { given } from '@bailiwick/protocol'
import type { ConfigurationProblem } from '@bailiwick/protocol'

/** Finds out what is wrong with a value at a path, whose last part is its name. */
export type Check = (path: string, value: unknown, name: string) => readonly ConfigurationProblem[]

/** Checks each member of an option that is given. What comes from JavaScript may be anything. */
export function checkMembers(
  path: string,
  option: unknown,
  check: Check,
): readonly ConfigurationProblem[] {
  if (option === undefined) return []
  if (typeof option !== 'object' || option === null || Array.isArray(option)) {
    return [{ path, message: 'must be an object' }]
  }
  return Object.entries(given(option)).flatMap(([name, value]) =>
    check(`${path}.${name}`, value, name),
  )
}

/** Checks an option that may be left out and is a function. */
export const checkFunction = (path: string, value: unknown): readonly ConfigurationProblem[] =>
  value === undefined || typeof value === 'function'
    ? []
    : [{ path, message: 'must be a function' }]

/** Checks an option that may be left out and is a text. */
export const checkText = (path: string, value: unknown): readonly ConfigurationProblem[] =>
  value === undefined || typeof value === 'string' ? [] : [{ path, message: 'must be a text' }]
