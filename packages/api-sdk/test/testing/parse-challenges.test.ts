import { describe, expect, it } from 'vitest'
import { parseChallenges } from '../../src/testing.js'

describe('parseChallenges', () => {
  it('reads scheme and parameters', () => {
    expect(parseChallenges('Bearer realm="a, b=\\"c\\"", Error=invalid_token')).toEqual([
      { scheme: 'Bearer', parameters: { realm: 'a, b="c"', error: 'invalid_token' } },
    ])
  })

  it.each([
    ['one value', 'Bearer scope="a b", DPoP algs="ES256 PS256", nonce="", Basic realm="x"'],
    ['several', ['Bearer scope="a b"', 'DPoP algs="ES256 PS256" , nonce=""', 'Basic realm="x"']],
  ])('reads several challenges from %s', (_, field) => {
    expect(parseChallenges(field)).toEqual([
      { scheme: 'Bearer', parameters: { scope: 'a b' } },
      { scheme: 'DPoP', parameters: { algs: 'ES256 PS256', nonce: '' } },
      { scheme: 'Basic', parameters: { realm: 'x' } },
    ])
  })

  it('reads schemes alone and with a token68', () => {
    expect(parseChallenges('Negotiate, NTLM TlRMTVNTUAAC==, Bearer error=x')).toEqual([
      { scheme: 'Negotiate', parameters: {} },
      { scheme: 'NTLM', parameters: {}, token68: 'TlRMTVNTUAAC==' },
      { scheme: 'Bearer', parameters: { error: 'x' } },
    ])
  })

  it('keeps a parameter that is called __proto__ a parameter', () => {
    const [challenge] = parseChallenges('Bearer __proto__="x"')
    expect(Object.entries(challenge?.parameters ?? {})).toEqual([['__proto__', 'x']])
  })

  it.each([[null], [undefined], [[]]])('finds nothing in %s', (field) => {
    expect(parseChallenges(field)).toEqual([])
  })

  it.each([
    ['nothing', ''],
    ['a parameter without scheme', 'error="x"'],
    ['no space after the scheme', 'Bearer:error="x"'],
    ['a tab after the scheme', 'Bearer\terror="x"'],
    ['no parameter after the space', 'Bearer '],
    ['a comma after the scheme', 'Bearer, error="invalid_token"'],
    ['no comma between parameters', 'Bearer a="x" b="y"'],
    ['an empty element', 'Bearer a="x", , b="y"'],
    ['a comma at the end', 'Bearer a="x",'],
    ['a comma after a scheme at the end', 'Bearer ,'],
    ['spaces around the equals sign', 'Bearer a = "x"'],
    ['a quote that is not closed', 'Bearer a="x'],
    ['a quote inside quotes', 'Bearer error_description="no "token" here"'],
    ['a backslash that quotes nothing', 'Bearer a="x\\"'],
    ['a line break in quotes', 'Bearer a="x\r\ny"'],
    ['a space in a bare value', 'Bearer scope=a b'],
    ['a value without quotes that needs them', 'Bearer uri=https://a.example'],
    ['a parameter twice', 'Bearer error="x", Error="y"'],
    ['something after the last value', 'Bearer a="x";'],
    ['spaces at the end', 'Bearer a="x" '],
    ['letters beyond Latin-1', 'Bearer a="\u2713"'],
  ])('refuses %s', (_, field) => {
    expect(() => parseChallenges(field)).toThrow(SyntaxError)
  })

  it('tells where a value is malformed', () => {
    expect(() => parseChallenges('Bearer a="x" b="y"')).toThrow(
      'a comma is needed at position 12 of WWW-Authenticate: Bearer a="x" b="y"',
    )
  })
})
