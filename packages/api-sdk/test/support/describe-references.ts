import { describe, expect, it } from 'vitest'
import type { ApiAuthErrorReason, ResourceServerOptions } from '../../src/index.js'
import type { HeaderFields, ServeRoutes, TestResponse } from './guarded-app.js'
import { createReferenceWorld, opaque } from './reference-world.js'
import type { ReferenceWorld } from './reference-world.js'
import { bearer, refusal, refusalOf } from './refusals.js'
import { routes } from './routes.js'
import { headerOf, now, sign } from './test-issuer.js'

type Send = (token?: string, path?: string) => Promise<TestResponse>

const inactive = (): Response => Response.json({ active: false })

const unusable: readonly [string, () => Response, ApiAuthErrorReason][] = [
  ...[{}, [], [{ active: true }], null, 'active'].map((body): (typeof unusable)[number] => [
    `N02 ${JSON.stringify(body)}`,
    () => Response.json(body),
    'invalid_introspection_response',
  ]),
  [
    'N02 HTML that holds the token',
    () => new Response(`<p>${opaque}</p>`),
    'invalid_introspection_response',
  ],
  [
    'N02 claims nested too deep',
    () => new Response(`{"active":true,"x":${'['.repeat(40)}${']'.repeat(40)}}`),
    'invalid_introspection_response',
  ],
  [
    'N02 300 KiB',
    () => Response.json({ active: true, padding: 'x'.repeat(300 * 1024) }),
    'invalid_introspection_response',
  ],
  ['N03 500', () => new Response('down', { status: 500 }), 'introspection_unavailable'],
  ['N03 400', () => Response.json({}, { status: 400 }), 'introspection_unavailable'],
  [
    'N03 a redirect',
    () => new Response(null, { status: 307, headers: { location: 'https://evil.example/' } }),
    'introspection_unavailable',
  ],
  ['N03 no answer in time', () => new Response(), 'introspection_unavailable'],
  [
    'N04 401',
    () => Response.json({ error: 'invalid_client' }, { status: 401 }),
    'introspection_credentials_rejected',
  ],
]

/** How tokens are accepted that only their issuer can tell something about, beyond the abuse cases. */
export function describeReferences(serve: ServeRoutes): void {
  const run = async (
    test: (world: ReferenceWorld, send: Send) => Promise<void>,
    options?: Partial<ResourceServerOptions>,
  ): Promise<void> => {
    const world = createReferenceWorld(options)
    const app = await serve(world.api, routes)
    const send: Send = (token = opaque, path = '/') => {
      const headers: HeaderFields = bearer(token)
      return app.send({ path, headers })
    }
    try {
      await test(world, send)
    } finally {
      await app.close()
    }
  }

  describe('reference tokens', () => {
    it('N17 accepts what its issuer calls active, and sends the token in the body alone', () =>
      run(async ({ calls, network }, send) => {
        expect(await send()).toMatchObject({ status: 200, body: '{"subject":"alice"}' })
        const [call] = calls
        expect(call?.method).toBe('POST')
        expect(call?.body).toBe(`token=${opaque}&token_type_hint=access_token`)
        expect(JSON.stringify([network.requests, call?.headers])).not.toContain(opaque)
      }))

    it.each([
      ['N07 exp past within the tolerance', { exp: now - 29 }],
      ['token_type bearer', { token_type: 'bearer' }],
    ])('accepts %s', (_, changes) =>
      run(async ({ say }, send) => {
        say(changes)
        expect((await send()).status).toBe(200)
      }),
    )

    it('N01 refuses what is not active, and asks again after 10 seconds', () =>
      run(async ({ answerWith, calls, pass, reasons }, send) => {
        answerWith(inactive)
        expect(refusalOf(await send())).toEqual(refusal('invalid_token'))
        pass(9)
        await send()
        expect(calls).toHaveLength(1)
        pass(1)
        await send()
        expect(calls).toHaveLength(2)
        expect(new Set(reasons())).toEqual(new Set(['inactive']))
      }))

    it.each(unusable)('answers %s with 503 and asks again', (name, answer, reason) =>
      run(
        async ({ answerWith, events, network, pass, reasons, say }, send) => {
          answerWith(name.includes('in time') ? () => new Promise(() => undefined) : answer)
          const response = await send()
          expect(refusalOf(response)).toEqual(refusal('temporarily_unavailable'))
          expect(reasons()).toEqual([reason])
          expect(network.requests).not.toContain('https://evil.example/')
          const told = events.map((event) => [event, 'cause' in event ? String(event.cause) : ''])
          expect(JSON.stringify([response, told])).not.toContain(opaque)
          say({})
          pass(1)
          expect((await send()).status).toBe(200)
        },
        { introspection: { timeout: 0.05 } },
      ),
    )

    it('N09 asks once about a token that 50 requests have at a time', () =>
      run(async ({ calls }, send) => {
        const responses = await Promise.all(Array.from({ length: 50 }, () => send()))
        expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200))
        expect(calls).toHaveLength(1)
      }))

    it('N10 believes an answer no longer than the token lives', () =>
      run(async ({ answerWith, calls, pass, say }, send) => {
        say({ exp: now + 5 })
        expect((await send()).status).toBe(200)
        answerWith(inactive)
        pass(4)
        expect((await send()).status).toBe(200)
        expect(calls).toHaveLength(1)
        pass(1)
        expect((await send()).status).toBe(401)
      }))

    it('N12 asks about no JWT, however bad', () =>
      run(async ({ calls, key, token }, send) => {
        expect((await send(token())).status).toBe(200)
        const unsigned = sign(key, { ...headerOf(key), alg: 'none' }, {})
        const forged = `${token().slice(0, -8)}AAAAAAAA`
        for (const bad of [forged, token({ exp: 1 }), token({}, { typ: 'JWT' }), unsigned]) {
          expect(refusalOf(await send(bad))).toEqual(refusal('invalid_token'))
        }
        expect(refusalOf(await send(`${token()}==`))).toEqual(refusal('invalid_token'))
        expect(calls).toEqual([])
      }))

    it.each(['a.b', 'a.b.c', 'e30.e30.AAAA', 'a.b.c.d.e'])(
      'asks about %s, which is no JWT',
      (token) =>
        run(async ({ calls }, send) => {
          expect((await send(token)).status).toBe(200)
          expect(calls).toHaveLength(1)
        }),
    )

    it('decides about claims of the answer', () =>
      run(async ({ say }, send) => {
        say({ plan: 'pro' })
        expect((await send(opaque, '/pro')).status).toBe(200)
      }))

    it("asks about every token with tokens: 'introspection'", () =>
      run(
        async ({ calls, key, network, token }, send) => {
          const forged = sign({ ...key, alg: 'ES384' }, headerOf(key), {})
          expect((await send(forged)).status).toBe(200)
          expect((await send(token({ exp: 1 }))).status).toBe(200)
          expect(calls).toHaveLength(2)
          expect(new Set(network.requests).size).toBe(1)
        },
        { tokens: 'introspection' },
      ))

    it("asks about none with tokens: 'jwt'", () =>
      run(
        async ({ calls, reasons, token }, send) => {
          expect(refusalOf(await send())).toEqual(refusal('invalid_token'))
          expect(reasons()).toEqual(['malformed_token'])
          expect((await send(token())).status).toBe(200)
          expect(calls).toEqual([])
        },
        { tokens: 'jwt' },
      ))
  })
}
