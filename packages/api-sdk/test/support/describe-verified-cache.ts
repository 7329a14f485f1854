import { describe, expect, it } from 'vitest'
import type { ResourceServerOptions } from '../../src/index.js'
import type { GuardedApp, HeaderFields, ServeRoutes, TestResponse } from './guarded-app.js'
import { boundToken, dpop } from './proofs.js'
import { bearer, refusal, refusalOf } from './refusals.js'
import { routes } from './routes.js'
import { createKey } from './test-issuer.js'
import { createWorld } from './world.js'
import type { World } from './world.js'

type Send = (token: string, path?: string) => Promise<TestResponse>

const other = createKey('ES256', 'k2')

/** What still counts for a JWT whose signature was already found to be good. */
export function describeVerifiedCache(serve: ServeRoutes): void {
  const run = async (
    test: (world: World, send: Send, app: GuardedApp) => Promise<void>,
    options: Partial<ResourceServerOptions> = {},
  ): Promise<void> => {
    const world = createWorld({ verifiedCache: { ttl: 3600 }, ...options })
    const app = await serve(world.api, routes)
    const send: Send = (token, path = '/') => {
      const headers: HeaderFields = bearer(token)
      return app.send({ path, headers })
    }
    try {
      await test(world, send, app)
    } finally {
      await app.close()
    }
  }

  describe('verifiedCache', () => {
    it.each([
      ['V03 that has expired since', {}, {}, 331, 'expired'],
      ['C06 that has grown too old since', {}, { maxTokenAge: 60 }, 81, 'too_old'],
    ])('refuses a token %s', (_, claims, options, seconds, reason) =>
      run(async ({ pass, reasons, token }, send) => {
        const known = token(claims)
        expect((await send(known)).status).toBe(200)
        expect(await send(known)).toMatchObject({ status: 200, body: '{"subject":"alice"}' })
        pass(seconds)
        expect(refusalOf(await send(known))).toEqual(refusal('invalid_token'))
        expect(reasons()).toEqual([reason])
      }, options),
    )

    it('V04 asks every guard anew whether a token is enough', () =>
      run(async ({ token }, send) => {
        const known = token()
        expect((await send(known)).status).toBe(200)
        const refused = await send(known, '/both')
        expect(refusalOf(refused)).toEqual(refusal('insufficient_scope', 'read write'))
        expect((await send(known, '/any-token')).status).toBe(200)
      }))

    it('V05 asks anew for the proof of a bound token', () =>
      run(async (world, _send, app) => {
        const bound = boundToken(world)
        const fields = dpop(bound)
        expect((await app.send({ headers: fields })).status).toBe(200)
        expect((await app.send({ headers: bearer(bound) })).status).toBe(401)
        expect((await app.send({ headers: fields.slice(0, 1) })).status).toBe(401)
        expect((await app.send({ headers: fields })).status).toBe(401)
        expect(world.reasons()).toEqual(['binding_required', 'proof_missing', 'proof_replayed'])
        expect((await app.send({ headers: dpop(bound) })).status).toBe(200)
      }))

    it('V06 knows nothing of a token with another signature', () =>
      run(async ({ reasons, token }, send) => {
        const known = token()
        expect((await send(known)).status).toBe(200)
        const altered = `${known.slice(0, known.lastIndexOf('.') + 1)}${'AQEB'.repeat(21)}AQ`
        expect(refusalOf(await send(altered))).toEqual(refusal('invalid_token'))
        expect(reasons()).toEqual(['invalid_signature'])
        expect((await send(known)).status).toBe(200)
      }))

    it('V01 asks anew whether a token is revoked', () => {
      const revoked = new Set<string>()
      return run(
        async ({ token }, send) => {
          const known = token()
          expect((await send(known)).status).toBe(200)
          revoked.add('token-1')
          expect(refusalOf(await send(known))).toEqual(refusal('invalid_token'))
        },
        { revocation: { isRevoked: ({ jti = '' }) => revoked.has(jti) } },
      )
    })

    it('W08 refuses a token whose key its issuer has withdrawn, and accepts it when the key is back', () =>
      run(async ({ events, key, pass, publish, reasons, token }, send) => {
        const known = token({ exp: 1_900_000_000 })
        expect((await send(known)).status).toBe(200)
        publish([other.jwk])
        // Refreshed in advance: this request still uses the keys that there were, the next one those that came.
        pass(480)
        expect((await send(known)).status).toBe(200)
        await expect.poll(() => events.filter(({ type }) => type === 'keys_loaded').length).toBe(2)
        expect(refusalOf(await send(known))).toEqual(refusal('invalid_token'))
        expect(reasons()).toEqual(['unknown_key'])
        publish([key.jwk])
        pass(480)
        await send(known)
        await expect.poll(async () => (await send(known)).status).toBe(200)
      }))

    it('W08 refuses a token whose key was replaced by another of the same name', () =>
      run(async ({ pass, publish, reasons, token }, send) => {
        const known = token({ exp: 1_900_000_000 })
        expect((await send(known)).status).toBe(200)
        publish([createKey('ES256', 'k1').jwk])
        pass(601)
        expect(refusalOf(await send(known))).toEqual(refusal('invalid_token'))
        expect(reasons()).toEqual(['invalid_signature'])
      }))
  })
}
