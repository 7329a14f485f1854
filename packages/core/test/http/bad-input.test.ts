import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ServerEvent } from '../../src/index.js'
import { parseParameters } from '../../src/http/parameters.js'
import { basic, bodyOf, get, issuer, post, testServer } from '../support/server.js'

const grant = 'grant_type=client_credentials'

describe('malformed token requests', () => {
  it.each([
    ['a repeated parameter', `${grant}&scope=read&scope=write`, /^parameter 'scope' must not be/],
    ['a repeated blank parameter', `${grant}&scope=&scope=write`, /^parameter 'scope' must not be/],
    ['10,000 parameters', `${grant}${'&a=1'.repeat(10_000)}`, /more than 100 parameters/],
    ['bytes that are no UTF-8', `${grant}&scope=%FF`, /^parameter 'scope' is not form-urlencoded/],
    ['half a percent-encoding', `${grant}&scope=%2`, /^parameter 'scope' is not form-urlencoded/],
    ['a name that is no UTF-8', `${grant}&%C3=1`, /^parameter '%C3' is not form-urlencoded/],
    ['__proto__', `${grant}&__proto__=1`, /^parameter '__proto__' is not allowed/],
    ['a client id of 10 KB', `${grant}&client_id=${'x'.repeat(10_240)}`, /^client_id differs/],
    ['a scope with 5,000 values', `${grant}&scope=${'a+'.repeat(5000)}`, /^scope is longer/],
    ['nothing', '', /^grant_type is missing/],
  ])('answers %s', async (_, form, description) => {
    const response = await post(testServer(), form)
    expect(response.status).toBe(400)
    expect(bodyOf(response)['error_description']).toMatch(description)
    expect(response.headers['content-type']).toBe('application/json')
  })

  it('answers a client id of 10 KB in the header', async () => {
    const authorization = basic('x'.repeat(10_240), 'secret')
    expect((await post(testServer(), grant, { authorization })).status).toBe(401)
  })

  it.each([
    ['application/json', 415],
    ['application/x-www-form-urlencoded2', 415],
    ['application/x-www-form-urlencoded; charset=UTF-8', 200],
    ['Application/X-WWW-Form-Urlencoded', 200],
  ])('answers content-type %s with %d', async (type, status) => {
    const response = await post(testServer(), grant, { headers: { 'content-type': type } })
    expect(response.status).toBe(status)
  })

  it('echoes nothing that does not belong into error_description', async () => {
    const response = await post(testServer(), { grant_type: 'ü"\\\r\n<script>' })
    expect(bodyOf(response)['error_description']).toBe(
      "grant_type '?????<script>' is not supported",
    )
  })

  it('ignores parameters that it does not know, and ampersands too many', async () => {
    const response = await post(
      testServer(),
      `&${grant}&&constructor=1&toString=2&hasOwnProperty=&`,
    )
    expect(response.status).toBe(200)
  })

  it.each([
    ['GET', '/token', 'POST'],
    ['PUT', '/token', 'POST'],
    ['POST', '/.well-known/jwks.json', 'GET, HEAD'],
    ['PUT', '/userinfo', 'GET, HEAD, POST'],
    ['OPTIONS', '/userinfo', 'GET, HEAD, POST'],
  ])('answers %s %s with 405', async (method, url, allow) => {
    const response = await testServer().handle({ method, url, headers: {}, body: async () => '' })
    expect(response).toMatchObject({ status: 405, headers: { allow } })
  })

  it('leaves other paths alone', async () => {
    for (const url of ['/', '/tokens', '/token/', '/TOKEN', '//token']) {
      const request = { method: 'GET', url, headers: {}, body: async () => '' }
      expect(await testServer().handle(request)).toBeUndefined()
    }
  })
})

describe('failures of the server', () => {
  it('keep their cause to themselves', async () => {
    const events: ServerEvent[] = []
    const failure = new Error('connection to 10.0.0.7 refused')
    const server = testServer({
      grants: [
        {
          grantType: 'client_credentials',
          validate: async () => {
            throw failure
          },
        },
      ],
      onEvent: (event) => events.push(event),
    })
    const response = await post(server, grant)
    expect(response.status).toBe(500)
    expect(bodyOf(response)).toEqual({
      error: 'server_error',
      error_description: 'an internal error occurred',
    })
    expect(events).toEqual([{ type: 'server_error', path: '/token', cause: failure }])
  })

  it('are not what the client gets to see as its own fault', async () => {
    const server = testServer()
    const response = await server.handle({
      method: 'POST',
      url: '/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: async () => {
        throw new Error('aborted')
      },
    })
    expect(response?.status).toBe(500)
    expect((await get(server, '/.well-known/openid-configuration')).status).toBe(200)
    expect(server.issuer).toBe(issuer)
  })
})

describe('the parameter parser, for any input', () => {
  it('reads back what URLSearchParams writes', () => {
    const pairs = fc.uniqueArray(
      fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' })),
      { selector: ([name]) => name, maxLength: 20 },
    )
    fc.assert(
      fc.property(pairs, (entries) => {
        fc.pre(entries.every(([name]) => name !== '__proto__'))
        const parameters = parseParameters(new URLSearchParams(entries).toString())
        for (const [name, value] of entries) {
          expect(parameters.get(name)).toBe(value.trim() === '' ? undefined : value)
        }
      }),
    )
  })

  it('answers or throws an OAuthError, whatever it is given', async () => {
    const server = testServer()
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (form) => {
        const { status } = await post(server, `${grant}&${form}`)
        expect([200, 400, 401]).toContain(status)
      }),
    )
  })
})
