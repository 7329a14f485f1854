import type { z } from 'zod'

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'boolean' || (typeof value === 'number' && !Number.isFinite(value))) {
    return String(value)
  }
  return kinds[typeof value] ?? `a ${typeof value}`
}

/**
 * Says what is wrong with a value, for people who write configuration files. Strings are not repeated, because a
 * secret may have come to the wrong place.
 */
export const describeIssue: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'unrecognized_keys') return 'unknown'
  if (issue.code === 'invalid_value') return `it is none of ${issue.values.map(String).join(', ')}`
  if (issue.code !== 'invalid_type') return undefined
  const needed = `${kinds[issue.expected] ?? issue.expected} is needed`
  return issue.input === undefined
    ? `it is missing: ${needed}`
    : `${needed}, not ${kindOf(issue.input)}`
}
