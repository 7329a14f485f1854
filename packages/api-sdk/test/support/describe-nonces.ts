import { describe, expect, it } from 'vitest'
import type { DPoPNonceOptions, ResourceServerOptions } from '../../src/index.js'
import type { HeaderFields, ServeRoutes, TestResponse } from './guarded-app.js'
import { boundToken, dpop, proofOf } from './proofs.js'
import { proofRefusal, refusalOf } from './refusals.js'
import { routes } from './routes.js'
import { createWorld } from './world.js'
import type { World } from './world.js'

const [current, previous] = ['c'.repeat(32), 'p'.repeat(32)] as const

interface NonceWorld extends World {
  /** Sends a proof with this nonce, at the present time of the API. */
  readonly ask: (nonce?: unknown, path?: string) => Promise<TestResponse>
}

/** How an API has clients repeat what it said before (RFC 9449 section 9). */
export function describeNonces(serve: ServeRoutes): void {
  const run = async (
    nonce: DPoPNonceOptions,
    test: (world: NonceWorld) => Promise<void>,
    options: Partial<ResourceServerOptions> = {},
  ): Promise<void> => {
    let passed = 0
    const world = createWorld({ dpop: { nonce }, ...options })
    const app = await serve(world.api, routes)
    const audience = options.resource ?? 'https://api.example.com'
    await test({
      ...world,
      pass: (seconds) => {
        passed += seconds
        world.pass(seconds)
      },
      ask: (value, path = '/') => {
        const token = boundToken(world, { aud: audience, exp: 1_900_000_000 })
        const proof = proofOf(token, {
          nonce: value,
          iat: 1_800_000_000 + passed,
          htu: `https://api.example.com${path}`,
        })
        const headers: HeaderFields = dpop(token, proof)
        return app.send({ path, headers })
      },
    })
    await app.close()
  }

  const nonceOf = ({ headers }: TestResponse): string => headers['dpop-nonce'] ?? ''

  describe('nonces', () => {
    it('D27 D28 D33 are needed, given, good for a while and given again', async () => {
      await run({ secrets: [current] }, async ({ ask, pass, reasons }) => {
        const asked = await ask()
        expect(refusalOf(asked)).toEqual(proofRefusal('use_dpop_nonce'))
        expect(asked.headers['access-control-expose-headers']).toContain('DPoP-Nonce')
        const first = nonceOf(asked)
        expect(first).toMatch(/^[\w-]+\.[\w-]{43}$/)
        pass(300)
        const accepted = await ask(first)
        expect(accepted.status).toBe(200)
        expect(accepted.headers['access-control-expose-headers']).toBe('DPoP-Nonce')
        const second = nonceOf(accepted)
        expect(second).not.toBe(first)
        pass(1)
        expect(refusalOf(await ask(first))).toEqual(proofRefusal('use_dpop_nonce'))
        expect((await ask(second)).status).toBe(200)
        expect(reasons()).toEqual(['nonce_required', 'nonce_required'])
      })
    })

    it.each(['/both', '/later'])(
      'D28 are given again by a refusal of %s, which has used up the proof',
      async (path) => {
        await run({ secrets: [current] }, async ({ ask }) => {
          const refused = await ask(nonceOf(await ask()), path)
          expect(refused.status).toBe(403)
          expect(refused.headers['www-authenticate']).toContain('error="insufficient_scope"')
          expect((await ask(nonceOf(refused))).status).toBe(200)
        })
      },
    )

    it('D27 are not what a client makes up', async () => {
      await run({ secrets: [current], lifetime: 10 }, async ({ ask }) => {
        const good = nonceOf(await ask())
        const [time, mac] = good.split('.')
        const later = Buffer.from('1800000100').toString('base64url')
        const bad = [
          '',
          'x',
          '.',
          `${time}.`,
          `.${mac}`,
          `${good}.x`,
          `${later}.${mac}`,
          `x${good}`,
        ]
        for (const nonce of bad) {
          expect(refusalOf(await ask(nonce))).toEqual(proofRefusal('use_dpop_nonce'))
        }
        expect((await ask(good)).status).toBe(200)
      })
    })

    it('do not use up the proof that lacks one', async () => {
      const used: string[] = []
      const replayStore = { putIfAbsent: (key: string) => used.push(key) > 0 }
      const nonce = { secrets: [current] } as const
      await run(
        nonce,
        async ({ ask }) => {
          await ask()
          expect(used).toEqual([])
          await ask(nonceOf(await ask()))
          expect(used).toHaveLength(1)
        },
        { dpop: { nonce, replayStore } },
      )
    })

    it('D28 of the previous secret are good while it is there', async () => {
      let old = ''
      await run({ secrets: [previous] }, async ({ ask }) => {
        old = nonceOf(await ask())
      })
      await run({ secrets: [current, previous] }, async ({ ask }) => {
        const accepted = await ask(old)
        expect(accepted.status).toBe(200)
        old = nonceOf(accepted)
      })
      await run({ secrets: [current] }, async ({ ask }) => {
        expect((await ask(old)).status).toBe(200)
      })
      await run({ secrets: [previous] }, async ({ ask }) => {
        expect((await ask(old)).status).toBe(401)
      })
    })

    it('D29 of another resource are no good', async () => {
      let other = ''
      await run({ secrets: [current] }, async ({ ask }) => {
        other = nonceOf(await ask())
      })
      const resource = 'https://api.example.com/other'
      await run(
        { secrets: [current] },
        async ({ ask }) => {
          expect(refusalOf(await ask(other))).toMatchObject({
            status: 401,
            'www-authenticate': expect.stringContaining('error="use_dpop_nonce"'),
          })
          expect((await ask(nonceOf(await ask()))).status).toBe(200)
        },
        { resource },
      )
    })
  })
}
