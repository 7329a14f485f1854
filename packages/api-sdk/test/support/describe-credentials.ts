import { describe, expect, it } from 'vitest'
import type { GuardedWorld, HeaderFields } from './guarded-app.js'
import { bareChallenge, bearer, refusal, refusalOf } from './refusals.js'
import type { World } from './world.js'

/** How credentials are read from a request. */
export function describeCredentials({ world, send }: GuardedWorld): void {
  describe('credentials', () => {
    it('lets a valid token pass', async () => {
      const response = await send({ headers: bearer(world.token()) })
      expect(response).toMatchObject({ status: 200, body: '{"subject":"alice"}' })
    })

    it.each([
      ['T01 nothing', []],
      ['T02 Basic', [['authorization', 'Basic YTpi']]],
      ['T09 Basic that mentions Bearer', [['authorization', 'Basic xBearer tok']]],
      ['T02 a scheme that starts alike', [['authorization', 'Bearerx tok']]],
    ] as const)('answers %s with a bare challenge', async (_, headers) => {
      expect(refusalOf(await send({ headers }))).toEqual(bareChallenge)
    })

    it('T13 ignores a token in the query', async () => {
      expect(refusalOf(await send({ path: `/?access_token=${world.token()}` }))).toEqual(
        bareChallenge,
      )
    })

    it('T19 guards a preflight request like any other', async () => {
      const response = await send({
        method: 'OPTIONS',
        headers: [
          ['origin', 'https://app.example'],
          ['access-control-request-method', 'GET'],
          ['access-control-request-headers', 'authorization'],
        ],
      })
      expect(refusalOf(response)).toEqual(bareChallenge)
    })

    it('T20 answers HEAD with the header fields of GET and no body', async () => {
      expect(refusalOf(await send({ method: 'HEAD' }))).toEqual(bareChallenge)
      const headers = bearer('opaque')
      const [get, head] = [await send({ headers }), await send({ method: 'HEAD', headers })]
      expect(head.body).toBe('')
      for (const name of ['www-authenticate', 'content-type', 'content-length', 'cache-control']) {
        expect(head.headers[name]).toBe(get.headers[name])
      }
    })

    it.each<[string, (token: World['token']) => HeaderFields]>([
      ['T03 the scheme alone', () => [['authorization', 'Bearer']]],
      ['T03 the scheme and spaces', () => [['authorization', 'Bearer   ']]],
      [
        'T04 two fields',
        (token) => [
          ['authorization', `Bearer ${token()}`],
          ['Authorization', `Bearer ${token({ sub: 'bob' })}`],
        ],
      ],
      [
        'T04 two schemes',
        (token) => [
          ['authorization', `Bearer ${token()}`],
          ['authorization', 'Basic YTpi'],
        ],
      ],
      [
        'T05 two in one field',
        (token) => [['authorization', `Bearer ${token()}, Bearer ${token()}`]],
      ],
      ['T06 a tab', (token) => [['authorization', `Bearer\t${token()}`]]],
      ['T10 a space', () => [['authorization', 'Bearer injected token']]],
      ['T10 a quote', () => [['authorization', 'Bearer to"injected="x']]],
      ['T10 a letter beyond ASCII', () => [['authorization', 'Bearer tok\u00E9n']]],
      ['T10 an encoded line break', () => [['authorization', 'Bearer a%0d%0aset-cookie:injected']]],
    ])('answers %s with 400', async (_, make) => {
      const response = await send({ headers: make(world.token) })
      expect(refusalOf(response)).toEqual(refusal('invalid_request'))
      expect(JSON.stringify(response)).not.toMatch(/injected|\u00E9/)
    })

    it.each([
      ['T07 bearer', (token: string) => `bearer ${token}`],
      ['T07 BEARER', (token: string) => `BEARER ${token}`],
      ['T08 two spaces', (token: string) => `Bearer  ${token}`],
    ])('accepts %s', async (_, field) => {
      const response = await send({ headers: [['authorization', field(world.token())]] })
      expect(response.status).toBe(200)
    })
  })
}
