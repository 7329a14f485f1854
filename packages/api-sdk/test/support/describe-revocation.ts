import { describe, expect, it } from 'vitest'
import type { RevocableToken, RevocationOptions } from '../../src/index.js'
import { mirror } from './describe-tokens.js'
import type { GuardedApp, ServeRoutes } from './guarded-app.js'
import { createReferenceWorld, opaque } from './reference-world.js'
import type { ReferenceWorld } from './reference-world.js'
import { bearer, refusal, refusalOf } from './refusals.js'
import { routes } from './routes.js'
import { now } from './test-issuer.js'

type IsRevoked = RevocationOptions['isRevoked']

const never = (): Promise<boolean> => new Promise(() => undefined)

const unknown: readonly [string, () => unknown][] = [
  [
    'throws',
    () => {
      throw new Error('alice has no database')
    },
  ],
  ['rejects', () => Promise.reject(new Error('alice has no database'))],
  ['does not answer in time', never],
  ['gives nothing', () => undefined],
  ['gives no boolean', () => Promise.resolve('no')],
]

/** What becomes of tokens that were taken back before they expire. */
export function describeRevocation(serve: ServeRoutes): void {
  const run = async (
    revocation: RevocationOptions,
    test: (world: ReferenceWorld, send: GuardedApp['send']) => Promise<void>,
  ): Promise<void> => {
    const world = createReferenceWorld({ revocation })
    const app = await serve(world.api, routes)
    try {
      await test(world, app.send)
    } finally {
      await app.close()
    }
  }

  describe('revocation', () => {
    it.each<[string, IsRevoked]>([
      ['at once', ({ jti }) => jti === 'token-1'],
      ['later', ({ jti }) => Promise.resolve(jti === 'token-1')],
    ])('V01 refuses what is revoked, told %s', (_, isRevoked) =>
      run({ isRevoked }, async ({ key, reasons, token }, send) => {
        const revoked = token()
        expect(key.alg).toBe('ES256')
        for (const headers of [
          bearer(revoked),
          bearer(mirror(revoked)),
          bearer(`${revoked} `),
          bearer(opaque),
        ]) {
          expect(refusalOf(await send({ headers }))).toEqual(refusal('invalid_token'))
        }
        expect(new Set(reasons())).toEqual(new Set(['revoked']))
        expect((await send({ headers: bearer(token({ jti: 'token-2' })) })).status).toBe(200)
      }),
    )

    it.each(unknown)('V01 answers 503 when isRevoked %s', (_, answer) =>
      run({ isRevoked: answer as IsRevoked, timeout: 0.05 }, async ({ reasons, token }, send) => {
        const response = await send({ headers: bearer(token()) })
        expect(refusalOf(response)).toEqual(refusal('temporarily_unavailable'))
        expect(JSON.stringify(response)).not.toContain('alice')
        expect(reasons()).toEqual(['revocation_unavailable'])
      }),
    )

    it.each(unknown)(
      "V01 accepts and tells it with onError: 'accept' when isRevoked %s",
      (_, answer) =>
        run(
          { isRevoked: answer as IsRevoked, timeout: 0.05, onError: 'accept' },
          async ({ events, token }, send) => {
            expect((await send({ headers: bearer(token()) })).status).toBe(200)
            expect(events.map(({ type }) => type)).toContain('revocation_unknown')
          },
        ),
    )

    it("V01 refuses what is revoked with onError: 'accept'", () =>
      run(
        { isRevoked: () => Promise.resolve(true), onError: 'accept' },
        async ({ token }, send) => {
          expect((await send({ headers: bearer(token()) })).status).toBe(401)
        },
      ))

    it('V07 refuses what was issued before a user signed out, and what belongs to a session that ended', () => {
      const signedOutAt = new Map([['alice', now - 5]])
      const ended = new Set(['session-1'])
      const isRevoked: IsRevoked = ({ subject = '', sid = '', issuedAt = 0 }) =>
        issuedAt < (signedOutAt.get(subject) ?? 0) || ended.has(sid)
      return run({ isRevoked }, async ({ token }, send) => {
        const statusOf = async (claims: object): Promise<number> =>
          (await send({ headers: bearer(token({ ...claims })) })).status
        expect(await statusOf({ iat: now - 6 })).toBe(401)
        expect(await statusOf({ iat: now - 5 })).toBe(200)
        expect(await statusOf({ iat: now - 5, sid: 'session-1' })).toBe(401)
        expect(await statusOf({ iat: now - 6, sub: 'bob', sid: 'session-2' })).toBe(200)
      })
    })

    it('tells isRevoked what a token can be revoked by, and never the token', () => {
      const asked: RevocableToken[] = []
      const isRevoked: IsRevoked = (revocable) => asked.push(revocable) === 0
      return run({ isRevoked }, async ({ token }, send) => {
        await send({ headers: bearer(token({ sid: 'session-1' })) })
        expect(asked).toEqual([
          {
            issuer: 'https://id.example.com',
            jti: 'token-1',
            subject: 'alice',
            clientId: 'web',
            sid: 'session-1',
            issuedAt: now - 10,
            expiresAt: now + 300,
          },
        ])
        await send({ headers: bearer(token({ exp: now - 60 })) })
        await send({ headers: bearer(token({ cnf: { jkt: 'x' } })) })
        expect(asked).toHaveLength(1)
        expect((await send({ headers: bearer(token({ sid: 1 })) })).status).toBe(401)
      })
    })
  })
}
