import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isScopeToken, parseScope } from '../src/index.js'

const allowed = Array.from({ length: 0x7f - 0x21 }, (_, index) =>
  String.fromCodePoint(0x21 + index),
).filter((character) => character !== '"' && character !== '\\')
const token = fc.string({ unit: fc.constantFrom(...allowed), minLength: 1, maxLength: 20 })

describe('the scope grammar (RFC 6749 section 3.3)', () => {
  it('knows its characters', () => {
    const accepted = Array.from({ length: 0x180 }, (_, code) => String.fromCodePoint(code)).filter(
      isScopeToken,
    )
    expect(accepted).toEqual(allowed)
    expect(isScopeToken('')).toBe(false)
  })

  it('keeps order and drops repeats', () => {
    expect(parseScope('b a  b c ')).toEqual(['b', 'a', 'c'])
    expect(parseScope(' ')).toEqual([])
  })

  it.each(['a"b', 'a\\b', 'a\tb', 'ä', 'a\nb', '\u0000'])('refuses %j', (scope) => {
    expect(() => parseScope(scope)).toThrow(
      expect.objectContaining({ code: 'invalid_scope' }) as Error,
    )
  })

  it('reads back any list of tokens', () => {
    fc.assert(
      fc.property(fc.uniqueArray(token), (tokens) => {
        expect(parseScope(tokens.join(' '))).toEqual(tokens)
      }),
    )
  })

  it('gives tokens or throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (scope) => {
        const isAllowed = scope.split(' ').every((part) => part === '' || isScopeToken(part))
        if (isAllowed) expect(parseScope(scope).join(' ').length).toBeLessThanOrEqual(scope.length)
        else expect(() => parseScope(scope)).toThrow('scope holds characters')
      }),
    )
  })
})
