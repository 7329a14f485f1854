import { describe, expect, it } from 'vitest'
import {
  formatChallenge,
  isOAuthError,
  isProtocolClaim,
  OAuthError,
  readBody,
  readParsedBody,
  safeText,
} from '../src/index.js'

const bytes = (...codes: number[]): Uint8Array => Uint8Array.from(codes)

describe('safeText', () => {
  it.each([
    ['plain text', 'plain text'],
    ['"quoted" \\ text', '?quoted? ? text'],
    ['ü\r\n\t\u0000', '?????'],
    ['x'.repeat(501), `${'x'.repeat(497)}...`],
  ])('makes %j safe', (text, safe) => {
    expect(safeText(text)).toBe(safe)
  })
})

describe('formatChallenge', () => {
  it('writes parameters in order, and none that is undefined', () => {
    const parameters = { error: 'invalid_token', scope: undefined, realm: 'a"b' }
    expect(formatChallenge({ scheme: 'Bearer', parameters })).toBe(
      'Bearer error="invalid_token", realm="a?b"',
    )
  })
})

describe('OAuthError', () => {
  it('has the status of its code, or another one', () => {
    expect(new OAuthError('invalid_client').status).toBe(401)
    expect(new OAuthError('invalid_request', { status: 413 }).status).toBe(413)
    expect(new OAuthError('invalid_grant', { description: 'd' }).message).toBe('d')
  })

  it('is recognized across copies of the package', () => {
    const foreign = Object.assign(new Error('x'), { [Symbol.for('bailiwick.OAuthError')]: true })
    expect(isOAuthError(foreign)).toBe(true)
    expect([new Error('x'), undefined, null, 'invalid_grant', {}].some(isOAuthError)).toBe(false)
  })
})

describe('isProtocolClaim', () => {
  it.each(['sub', 'scope', 'cnf', 'idp', '__proto__'])('knows %s', (name) => {
    expect(isProtocolClaim(name)).toBe(true)
  })
  it.each(['email', 'role', 'toString', ''])('lets %s pass', (name) => {
    expect(isProtocolClaim(name)).toBe(false)
  })
})

describe('readBody', () => {
  it('puts characters together that were parted', async () => {
    expect(await readBody([bytes(0x61, 0xc3), bytes(0xbc)])).toBe('aü')
  })

  it.each([
    ['bytes that are no UTF-8', [bytes(0xff)], 400, 'the request body is not UTF-8'],
    ['half a character', [bytes(0xc3)], 400, 'the request body is not UTF-8'],
    ['too much', [new Uint8Array(65_537)], 413, 'the request body is larger than 65536 bytes'],
  ])('refuses %s', async (_, chunks, status, message) => {
    await expect(readBody(chunks)).rejects.toMatchObject({
      code: 'invalid_request',
      status,
      message,
    })
  })

  it('takes a broken connection for a malformed request', async () => {
    const failure = new Error('aborted')
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield bytes(0x61)
      throw failure
    }
    await expect(readBody(broken())).rejects.toMatchObject({
      code: 'invalid_request',
      message: 'the request body ended too early',
      cause: failure,
    })
  })
})

describe('readParsedBody', () => {
  it.each<[string, unknown, string]>([
    ['text', 'a=1&b=2', 'a=1&b=2'],
    ['bytes', Buffer.from('a=1'), 'a=1'],
    ['members', { a: '1', r: ['x', 'y z'], nested: { b: '1' }, n: 1 }, 'a=1&r=x&r=y+z'],
  ])('reads %s', async (_, parsed, form) => {
    expect(await readParsedBody(parsed)).toBe(form)
  })

  it.each([undefined, null, 1])('tells that a parser left nothing: %s', async (parsed) => {
    await expect(readParsedBody(parsed)).rejects.toThrow(TypeError)
  })
})
