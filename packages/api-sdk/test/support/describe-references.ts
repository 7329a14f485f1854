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
  ...[{ active: 'true' }, { active: 1 }, {}, [], [{ active: true }], null, 'active'].map(
    (body): (typeof unusable)[number] => [
      `N02 ${JSON.stringify(body)}`,
      () => Response.json(body),
      'invalid_introspection_response',
    ],
  ),
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

const refusedAnswers: readonly [string, Readonly<Record<string, unknown>>, ApiAuthErrorReason][] = [
  ['N05 no aud', { aud: undefined }, 'missing_claim'],
  ['N05 aud of another API', { aud: ['https://other.example'] }, 'wrong_audience'],
  ['N06 iss of another issuer', { iss: 'https://evil.example' }, 'unknown_issuer'],
  ['N06 iss with a slash', { iss: 'https://id.example.com/' }, 'unknown_issuer'],
  ['N06 iss null', { iss: null }, 'unknown_issuer'],
  ['N07 exp past', { exp: now - 31 }, 'expired'],
  ['N07 no exp', { exp: undefined }, 'missing_claim'],
  ['N07 exp text', { exp: String(now + 300) }, 'malformed_claim'],
  ['N07 nbf ahead', { nbf: now + 31 }, 'not_yet_valid'],
  ['N07 iat ahead', { iat: now + 31 }, 'not_yet_valid'],
  ['N08 cnf x5t#S256', { cnf: { 'x5t#S256': 'A'.repeat(43) } }, 'certificate_missing'],
  ['N08 cnf empty', { cnf: {} }, 'unsupported_confirmation'],
  ['N08 token_type DPoP', { token_type: 'DPoP' }, 'unsupported_confirmation'],
  [
    'N08 token_type DPoP and cnf empty',
    { token_type: 'DPoP', cnf: {} },
    'unsupported_confirmation',
  ],
  ['N08 another token_type', { token_type: 'N_A' }, 'unsupported_confirmation'],
  ['N08 token_type a list', { token_type: ['Bearer'] }, 'unsupported_confirmation'],
  ['N07 nbf ahead without iat', { iat: undefined, nbf: now + 31 }, 'not_yet_valid'],
  ['jti a number', { jti: 1 }, 'malformed_claim'],
  ['C07 no client_id', { client_id: undefined }, 'missing_claim'],
  ['C07 no sub', { sub: undefined }, 'missing_claim'],
  ['C09 sub a number', { sub: 1 }, 'malformed_claim'],
  ['S06 scope a number', { scope: 1 }, 'malformed_claim'],
]

/** How tokens are accepted that only their issuer can tell something about. */
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
      ['S04 scope as a list', { scope: ['read'] }],
      ['N06 no iss', { iss: undefined }],
      ['no jti and no iat', { jti: undefined, iat: undefined }],
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

    it.each(refusedAnswers)('refuses %s', (_, changes, reason) =>
      run(async ({ reasons, say }, send) => {
        say(changes)
        expect(refusalOf(await send())).toEqual(refusal('invalid_token'))
        expect(reasons()).toEqual([reason])
      }),
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

    it('N15 S01 answers scopes that are not enough with 403', () =>
      run(async ({ say }, send) => {
        say({ scope: undefined })
        expect(refusalOf(await send())).toEqual(refusal('insufficient_scope'))
      }))

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
