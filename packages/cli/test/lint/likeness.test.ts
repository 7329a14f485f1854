import { describe, expect, it } from 'vitest'
import { likenessOf, readingOf } from '../../src/lint/likeness.js'

const compare = (one: string, other: string) => likenessOf(readingOf(one), readingOf(other))

describe('likenessOf', () => {
  it.each([
    ['invoice.read', 'Invoice.Read', 'differ only by case'],
    ['https://api.example.com', 'https://api.example.com/', 'differ only by a slash at the end'],
    ['invoice', '\u0456nvoice', 'look the same'],
    ['invoice', '\uFF49nvoice', 'look the same'],
    ['invoice', 'inv0ice', 'look the same'],
    ['client', 'c1ient', 'look the same'],
    ['invoice.read', 'invoices.read', 'are one slip of the keyboard apart'],
    ['invoice.read', 'invoice.raed', 'are one slip of the keyboard apart'],
    ['invoice.read', 'invoice-read', 'are one slip of the keyboard apart'],
    ['department', 'departement', 'are one slip of the keyboard apart'],
    ['admin', 'admim', 'are one slip of the keyboard apart'],
  ])('%s and %s %s', (one, other, likeness) => {
    expect(compare(one, other)).toBe(likeness)
    expect(compare(other, one)).toBe(likeness)
  })

  it.each([
    ['read', 'read'],
    ['read', 'reap'],
    ['read', 'reads'],
    ['invoice.read', 'invoice.write'],
    ['invoice.v1', 'invoice.v2'],
    ['invoice.v1', 'invoice.v12'],
    ['urn:a', 'urn:b'],
    ['api:x:read', 'api:y:read'],
    ['abcdef', 'badcfe'],
  ])('%s and %s are not alike', (one, other) => {
    expect(compare(one, other)).toBeUndefined()
    expect(compare(other, one)).toBeUndefined()
  })
})
