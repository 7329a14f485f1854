import fc from 'fast-check'
import { isOAuthError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { parseParameters } from '../../src/http/parameters.js'
import { readRequestedClaims } from '../../src/tokens/requested-claims.js'

const read = (claims: string) =>
  readRequestedClaims(parseParameters(new URLSearchParams({ claims }).toString()))

describe('the claims parameter', () => {
  it('reads the example of OpenID Connect Core 1.0 section 5.5', () => {
    const claims = {
      userinfo: {
        given_name: { essential: true },
        nickname: null,
        email: { essential: true },
        email_verified: { essential: true },
        picture: null,
        'http://example.info/claims/groups': null,
      },
      id_token: {
        auth_time: { essential: true },
        acr: { values: ['urn:mace:incommon:iap:silver'] },
      },
    }
    expect(read(JSON.stringify(claims))).toEqual({
      userinfo: {
        given_name: { essential: true },
        nickname: {},
        email: { essential: true },
        email_verified: { essential: true },
        picture: {},
        'http://example.info/claims/groups': {},
      },
      idToken: {
        auth_time: { essential: true },
        acr: { values: ['urn:mace:incommon:iap:silver'] },
      },
    })
  })

  it.each([
    ['{}', {}, {}],
    ['{"userinfo":null,"id_token":null}', {}, {}],
    ['{"introspection":{"a":1},"userinfo":{"a":null}}', { a: {} }, {}],
    ['{"id_token":{"a":{"purpose":"x","value":null}}}', {}, { a: { value: null } }],
    ['{"id_token":{"a":{"values":[1,{"b":[]}]}}}', {}, { a: { values: [1, { b: [] }] } }],
    ['{"userinfo":{"constructor":null,"toString":{}}}', { constructor: {}, toString: {} }, {}],
  ])('reads %s', (text, userinfo, idToken) => {
    expect(read(text)).toEqual({ userinfo, idToken })
  })

  it.each(['', '   '])('is absent when it is %j', (text) => {
    expect(read(text)).toBeUndefined()
  })

  it.each([
    ['{', 'claims is not JSON'],
    ['null', 'claims must be a JSON object'],
    ['[]', 'claims must be a JSON object'],
    ['"userinfo"', 'claims must be a JSON object'],
    ['{"userinfo":[]}', "claims: 'userinfo' must be null or an object"],
    ['{"id_token":true}', "claims: 'id_token' must be null or an object"],
    ['{"userinfo":{"a":true}}', "claims: 'a' must be null or an object"],
    ['{"userinfo":{"a":["x"]}}', "claims: 'a' must be null or an object"],
    ['{"userinfo":{"a":{"essential":"yes"}}}', "claims: 'essential' of 'a' must be true or false"],
    ['{"id_token":{"a":{"values":"x"}}}', "claims: 'values' of 'a' must be a list"],
    ['{"userinfo":{"__proto__":null}}', "claims: '__proto__' is not allowed"],
    [`{"userinfo":{"${'a'.repeat(4000)}":null}}`, 'claims is longer than 4000 characters'],
  ])('refuses %.60s', (text, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'invalid_request', message }))
  })

  it('cannot be made to say more than a name in its error', () => {
    const name = 'a'.repeat(3000)
    expect(() => read(`{"userinfo":{"${name}":1}}`)).toThrow(`claims: '${'a'.repeat(80)}...' must`)
  })

  it('gives every object no other members than it was given', () => {
    const { userinfo } = read('{"userinfo":{"a":{"__proto__":{"value":"x"}}}}') ?? {}
    expect(userinfo).toEqual({ a: {} })
    expect(Object.getPrototypeOf(userinfo)).toBe(Object.prototype)
  })

  it('gives JSON that stays the same when it is stored, or an OAuthError, whatever it is given', () => {
    const part = fc.dictionary(
      fc.string(),
      fc.oneof(
        fc.constant(null),
        fc.record(
          { value: fc.jsonValue(), values: fc.array(fc.jsonValue()) },
          { requiredKeys: [] },
        ),
        fc.jsonValue(),
      ),
    )
    const claims = fc.oneof(fc.record({ userinfo: part, id_token: part }), fc.jsonValue())
    fc.assert(
      fc.property(claims, (value) => {
        try {
          const requested = read(JSON.stringify(value))
          expect(JSON.parse(JSON.stringify(requested))).toEqual(requested)
        } catch (error) {
          if (!isOAuthError(error)) throw error
          expect(error.code).toBe('invalid_request')
        }
      }),
    )
  })

  it('survives lists within lists', () => {
    const deep = `${'['.repeat(1900)}${']'.repeat(1900)}`
    const requested = read(`{"userinfo":{"a":{"value":${deep}}}}`)
    expect(JSON.stringify(requested?.userinfo)).toBe(`{"a":{"value":${deep}}}`)
  })
})
