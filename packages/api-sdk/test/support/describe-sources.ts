import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GuardedApp, GuardedWorld, ServeRoutes } from './guarded-app.js'
import { bareChallenge, bearer, metadataPath, refusal, refusalOf } from './refusals.js'
import { routes } from './routes.js'
import { createWorld } from './world.js'

type Request = Parameters<GuardedWorld['send']>[0]

const form = [['content-type', 'application/x-www-form-urlencoded']] as const
const json = [['content-type', 'application/json']] as const

const world = createWorld({
  sources: { query: true, body: true, cookie: { name: 'token', customHeader: 'X-Mine' } },
})
const token = world.token()
const other = world.token({ sub: 'bob' })

const cookie = (value: string): readonly [string, string] => ['cookie', value]
const site = (value: string): readonly [string, string] => ['sec-fetch-site', value]

const accepted: readonly [string, Request][] = [
  ['T16 the query of a GET request', { path: `/?a=1&access_token=${token}&b=2` }],
  ['the form of a POST request', { method: 'POST', headers: form, body: `access_token=${token}` }],
  [
    'a form with a charset',
    {
      method: 'PUT',
      headers: [['content-type', 'Application/X-WWW-Form-URLencoded; charset=utf-8']],
      body: `a=1&access_token=${token}`,
    },
  ],
  ['the cookie of its own page', { headers: [cookie(`token=${token}`), site('same-origin')] }],
  ['the cookie when the user asks', { headers: [cookie(`a=1; token=${token}`), site('none')] }],
  [
    'the cookie of an own page in an old browser',
    { method: 'POST', headers: [cookie(`token=${token}`), ['x-mine', '1']] },
  ],
  ['the header', { headers: bearer(token) }],
  [
    'the header beside a cookie that does not count',
    { headers: [...bearer(token), cookie(`token=${other}`), site('cross-site')] },
  ],
]

const ignored: readonly [string, Request][] = [
  ['T15 the query of a POST request', { method: 'POST', path: `/?access_token=${token}` }],
  ['the query of a HEAD request', { method: 'HEAD', path: `/?access_token=${token}` }],
  ['another parameter', { path: `/?accessToken=${token}` }],
  [
    'T17 a JSON body',
    { method: 'POST', headers: json, body: JSON.stringify({ access_token: token }) },
  ],
  ['T17 the form of a GET request', { headers: form, body: `access_token=${token}` }],
  [
    'T18 the cookie of another site',
    { method: 'POST', headers: [cookie(`token=${token}`), site('cross-site')] },
  ],
  [
    'T18 the cookie of another site that sends a field',
    { method: 'POST', headers: [cookie(`token=${token}`), site('cross-site'), ['x-mine', '1']] },
  ],
  ['T18 the cookie of a sibling', { headers: [cookie(`token=${token}`), site('same-site')] }],
  ['T18 the cookie of nobody knows whom', { headers: [cookie(`token=${token}`)] }],
  ['another cookie', { headers: [cookie(`xtoken=${token}; Token=${token}`), site('none')] }],
]

const refused: readonly [string, Request][] = [
  ['T14 header and query', { path: `/?access_token=${other}`, headers: bearer(token) }],
  [
    'T14 other credentials and query',
    { path: `/?access_token=${token}`, headers: [['authorization', 'Basic YTpi']] },
  ],
  ['two in the query', { path: `/?access_token=${token}&access_token=${other}` }],
  [
    'two in the form',
    { method: 'POST', headers: form, body: `access_token=${token}&access_token=${other}` },
  ],
  [
    'header and form',
    {
      method: 'POST',
      headers: [...form, ...bearer(token)],
      body: `access_token=${other}`,
    },
  ],
  [
    'header and cookie',
    { headers: [...bearer(token), cookie(`token=${other}`), site('same-origin')] },
  ],
  ['two cookies', { headers: [cookie(`token=${token}; token=${other}`), site('same-origin')] }],
  ['an empty parameter', { path: '/?access_token=' }],
  ['T10 a quote', { path: '/?access_token=injected%22' }],
  ['T10 a line break', { path: '/?access_token=injected%0d%0aset-cookie:x' }],
]

/** Where tokens are looked for besides the header, if that was asked for. */
export function describeSources(serve: ServeRoutes): void {
  describe('sources', () => {
    let app: GuardedApp
    beforeAll(async () => {
      app = await serve(world.api, routes)
    })
    afterAll(() => app.close())

    it.each(accepted)('accept %s', async (_, request) => {
      const response = await app.send(request)
      expect(response).toMatchObject({ status: 200, body: '{"subject":"alice"}' })
    })

    it('T16 keep what was asked for with a token in the query out of caches', async () => {
      const inQuery = await app.send({ path: `/?access_token=${token}` })
      expect(inQuery.headers['cache-control']).toBe('private, no-store')
      const inHeader = await app.send({ headers: bearer(token) })
      expect(inHeader.headers['cache-control']).toBeUndefined()
      const inForm = await app.send({
        method: 'POST',
        headers: form,
        body: `access_token=${token}`,
      })
      expect(inForm.headers['cache-control']).toBeUndefined()
    })

    it.each(ignored)('ignore %s', async (_, request) => {
      expect(refusalOf(await app.send(request))).toEqual(bareChallenge)
    })

    it.each(refused)('refuse %s', async (_, request) => {
      const response = await app.send(request)
      expect(refusalOf(response)).toEqual(refusal('invalid_request'))
      expect(JSON.stringify(response)).not.toContain('injected')
    })

    it('refuse a token that is no good wherever it is', async () => {
      const response = await app.send({ path: '/?access_token=garbage' })
      expect(refusalOf(response)).toEqual(refusal('invalid_token'))
    })

    it('H01 let requests without any pass an optional guard, and no others', async () => {
      expect((await app.send({ path: '/optional' })).status).toBe(200)
      expect((await app.send({ path: '/optional?access_token=garbage' })).status).toBe(401)
    })

    it('are told to clients', async () => {
      const { body } = await app.send({ path: metadataPath })
      expect(JSON.parse(body)).toHaveProperty('bearer_methods_supported', [
        'header',
        'body',
        'query',
      ])
    })

    it('are the header only by default', async () => {
      const { api } = createWorld()
      const strict = await serve(api, routes)
      for (const request of accepted.map(([, value]) => value)) {
        const { status } = await strict.send(request)
        const isInHeader = request.headers?.some(([name]) => name === 'authorization') ?? false
        expect(status).toBe(isInHeader ? 200 : 401)
      }
      await strict.close()
    })

    it('leave the header alone when it is none', async () => {
      const { api } = createWorld({ sources: { header: false, cookie: { name: 'token' } } })
      const cookies = await serve(api, routes)
      const headers = [cookie(`token=${token}`), site('same-origin')] as const
      expect((await cookies.send({ headers })).status).toBe(200)
      expect((await cookies.send({ headers: [...headers, ...bearer(other)] })).body).toContain(
        'alice',
      )
      expect(refusalOf(await cookies.send({ headers: bearer(token) }))).toEqual(bareChallenge)
      const unknown = [cookie(`token=${token}`), ['x-mine', '1']] as const
      expect(refusalOf(await cookies.send({ headers: unknown }))).toEqual(bareChallenge)
      const { body } = await cookies.send({ path: metadataPath })
      expect(JSON.parse(body)).toHaveProperty('bearer_methods_supported', [])
      await cookies.close()
    })
  })
}
