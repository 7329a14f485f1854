import type { Query } from '../support/people.js'
import type { CaseParameters } from './cases.js'

/** The pairs of a form: a parameter may have several values, or none. */
export const pairsOf = (parameters: Query): [string, string][] =>
  Object.entries(parameters).flatMap(([name, value]) =>
    [value ?? []].flat().map((item): [string, string] => [name, item]),
  )

/** `urn:api1 + 512 times 'x' (520 chars)` is how a case writes a value that is too long to print. */
const spellOut = (value: string): string =>
  value.replace(
    /^(\S+) \+ (\d+) times '(.)'.*$/,
    (_, start: string, times: string, char: string) => start + char.repeat(Number(times)),
  )

/** The parameters of a case as they are sent. */
export function sentParameters(parameters: CaseParameters): Query {
  const sent = Object.entries(parameters).filter(
    ([name]) => !name.startsWith('_') && name !== 'situation',
  )
  return Object.fromEntries(
    sent.map(([name, value]) => [name, typeof value === 'string' ? spellOut(value) : value]),
  )
}
