import { assert, oneof, json, property, string, constantFrom, array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findJsonFault } from '../../src/configuration/find-json-fault.js'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const brokenString = 'a closing double quote, and line breaks, tabs and backslashes only as escapes'

describe('findJsonFault', () => {
  it('agrees with JSON.parse on what is JSON', () => {
    const pieces = constantFrom(
      ...String.raw`{ } [ ] : , " \ - 1 0.5e+1 "a" null true`.split(' '),
      ' ',
      '\n',
      '\t',
      '\u00A0',
      '\u2028',
    )
    const texts = oneof(
      json(),
      string(),
      array(pieces).map((all) => all.join('')),
    )
    assert(
      property(texts, (text) => (findJsonFault(text) === undefined) === isJson(text)),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['', 1, 1, 'a value'],
    ['{"a": }', 1, 7, 'a value'],
    ['{\n "a": 1\n "b": 2\n}', 3, 2, `',' or '}'`],
    ['{"a": 1,\r\n}', 2, 1, 'a name in double quotes'],
    ['{a: 1}', 1, 2, 'a name in double quotes'],
    ['{"a" 1}', 1, 6, `':'`],
    ['[1, 2', 1, 6, `',' or ']'`],
    ['[1, 2 3]', 1, 7, `',' or ']'`],
    ['{} // comment', 1, 4, 'the end of the file'],
    ['["a\nb"]', 1, 2, brokenString],
    ['{"a', 1, 2, brokenString],
    [String.raw`["\q"]`, 1, 2, brokenString],
    ['[01]', 1, 3, `',' or ']'`],
  ])('places the fault of %j at line %i, column %i', (text, line, column, expected) => {
    expect(findJsonFault(text)).toEqual({ line, column, expected })
  })
})
