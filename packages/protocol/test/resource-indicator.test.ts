import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isResourceIndicator } from '../src/index.js'

describe('resource indicators (RFC 8707 section 2)', () => {
  it.each([
    'urn:invoices',
    'https://api.example.com',
    'https://api.example.com/a?b=c',
    'https://[::1]:8080/',
    'custom+scheme.1-x:anything',
    'urn:%C3%BC',
    `urn:${'x'.repeat(508)}`,
  ])('accepts %s', (value) => {
    expect(isResourceIndicator(value)).toBe(true)
  })

  it.each([
    'invoices',
    '/invoices',
    '//api.example.com/x',
    '',
    'urn:',
    ':x',
    '1urn:x',
    'https://api.example.com/#f',
    'https://api.example.com/#',
    'https://api.example.com/a b',
    'urn:ü',
    'urn:%zz',
    'urn:"x"',
    'urn:a\n',
    `urn:${'x'.repeat(509)}`,
  ])('refuses %j', (value) => {
    expect(isResourceIndicator(value)).toBe(false)
  })

  it('accepts every web address without a fragment', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: true }).filter((url) => url.length <= 512),
        (url) => {
          expect(isResourceIndicator(url)).toBe(true)
          expect(isResourceIndicator(`${url}#f`)).toBe(false)
        },
      ),
    )
  })
})
