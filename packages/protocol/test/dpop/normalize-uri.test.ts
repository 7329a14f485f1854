import { describe, expect, it } from 'vitest'
import { normalizeUri } from '../../src/dpop/normalize-uri.js'

describe('normalizeUri', () => {
  it.each([
    ['D15 a host in capitals', 'HTTPS://API.example.COM/a', 'https://api.example.com/a'],
    ['D15 the default port of https', 'https://h:443/a', 'https://h/a'],
    ['D15 the default port of http', 'http://h:80/a', 'http://h/a'],
    ['D15 an empty port', 'https://h:/a', 'https://h/a'],
    ['D15 an encoded letter', 'https://h/%7Ea/%41%2d', 'https://h/~a/A-'],
    ['D15 an encoding in lower case', 'https://h/%2f%c3', 'https://h/%2F%C3'],
    ['an encoded percent sign', 'https://h/%2541', 'https://h/%2541'],
    ['dot segments', 'https://h/a/./b/../c', 'https://h/a/c'],
    ['no path', 'https://h', 'https://h/'],
    ['D01 a query', 'https://h/a?b=/c', 'https://h/a'],
    ['D01 a fragment', 'https://h/a#b', 'https://h/a'],
    ['an IPv6 address', 'https://[::1]:8443/a', 'https://[::1]:8443/a'],
  ])('puts away %s', (_, uri, normalized) => {
    expect(normalizeUri(uri)).toBe(normalized)
  })

  it.each([
    ['D14 the case of a path', 'https://h/A', 'https://h/a'],
    ['D13 a port', 'https://h:8443/a', 'https://h/a'],
    ['D13 the scheme', 'http://h/a', 'https://h/a'],
    ['D13 a slash at the end', 'https://h/a/', 'https://h/a'],
    ['D13 a slash too many', 'https://h//a', 'https://h/a'],
    ['D13 an encoded slash', 'https://h/a%2Fb', 'https://h/a/b'],
  ])('keeps %s', (_, one, other) => {
    expect(normalizeUri(one)).not.toBe(normalizeUri(other))
  })

  it.each([
    ['a user', 'https://api.example.com@evil.example/'],
    ['a password', 'https://:x@h/'],
    ['another scheme', 'ftp://h/a'],
    ['no scheme', '//h/a'],
    ['a relative reference', '/a'],
    ['no slashes', 'https:h/a'],
    ['a backslash', 'https://h\\a'],
    ['a space', 'https://h/a b'],
    ['a line break', 'https://h/a\n'],
    ['half an encoding', 'https://h/%4'],
    ['no host', 'https://'],
    ['a port that is none', 'https://h:99999/'],
    ['a letter beyond ASCII', 'https://h/\u00E9'],
  ])('refuses %s', (_, uri) => {
    expect(normalizeUri(uri)).toBeUndefined()
  })
})
