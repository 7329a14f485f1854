import { describe, expect, it } from 'vitest'
import type { ReplayStore, ResourceServerOptions } from '../../src/index.js'
import type { GuardedWorld, HeaderFields, ServeRoutes, TestResponse } from './guarded-app.js'
import { boundToken, dpop, proofOf } from './proofs.js'
import {
  algs,
  bareChallenge,
  bearer,
  metadataPath,
  proofRefusal,
  refusal,
  refusalOf,
  where,
} from './refusals.js'
import { routes } from './routes.js'
import { now } from './test-issuer.js'
import { createWorld } from './world.js'
import type { World } from './world.js'

type Send = (headers: HeaderFields, path?: string) => Promise<TestResponse>

const ofAnotherKey = { cnf: { jkt: 'A'.repeat(43) } }

/** How tokens are presented that are bound to a key (RFC 9449). */
export function describeDPoP({ world, send }: GuardedWorld, serve: ServeRoutes): void {
  const run = async (
    options: Partial<ResourceServerOptions>,
    test: (send: Send, other: World) => Promise<void>,
  ): Promise<void> => {
    const other = createWorld(options)
    const app = await serve(other.api, routes)
    await test((headers, path = '/') => app.send({ path, headers }), other)
    await app.close()
  }

  describe('DPoP', () => {
    it('tells handlers what was proven', async () => {
      const token = boundToken(world)
      const proof = proofOf(token, { htu: 'https://api.example.com/binding' })
      const response = await send({ path: '/binding', headers: dpop(token, proof) })
      expect(response.body).toBe('{"binding":{"kind":"dpop"}}')
      const plain = await send({ path: '/binding', headers: bearer(world.token()) })
      expect(plain.body).toBe('{"binding":{"kind":"none"}}')
    })

    it('D02 tells whoever has a bound token of both ways, each in a field of its own', async () => {
      const { challenges } = await send({ headers: bearer(boundToken(world)) })
      expect(challenges).toEqual([
        expect.stringMatching(/^Bearer error="invalid_token", .*, scope="read", resource_/),
        `DPoP ${algs}, ${where}`,
      ])
    })

    it('D03 T21 rejects what is bound, and the scheme, when DPoP is rejected', async () => {
      await run({ dpop: 'reject' }, async (ask, other) => {
        const token = boundToken(other)
        const refused = await ask(bearer(token))
        expect(refusalOf(refused)).toEqual(refusal('invalid_token'))
        expect(refused.challenges).toHaveLength(1)
        expect(refusalOf(await ask(dpop(token)))).toEqual(bareChallenge)
        expect(other.reasons()).toEqual(['binding_required', 'unsupported_scheme'])
        expect((await ask(bearer(other.token()))).status).toBe(200)
      })
    })

    it('D05 ignores the proof beside a bearer token, and reports it', async () => {
      const token = world.token()
      const response = await send({ headers: [...bearer(token), ['dpop', 'x']] })
      expect(response.status).toBe(200)
      expect(world.events).toEqual([{ type: 'proof_ignored' }])
    })

    it('D06 D07 tells of DPoP alone when it is required', async () => {
      await run({ dpop: 'require' }, async (ask, other) => {
        const nothing = await ask([])
        expect(nothing).toMatchObject({
          status: 401,
          body: '',
          challenges: [`DPoP ${algs}, scope="read", ${where}`],
        })
        expect(refusalOf(await ask(bearer(other.token())))).toEqual(proofRefusal('invalid_token'))
        const bound = boundToken(other)
        expect(refusalOf(await ask(bearer(bound)))).toEqual(proofRefusal('invalid_token'))
        expect(other.reasons()).toEqual(['no_credentials', 'no_key_binding', 'binding_required'])
        expect((await ask(dpop(bound))).status).toBe(200)
      })
    })

    it('advertises DPoP to clients without token when that is wanted', async () => {
      await run({ dpop: { advertise: true } }, async (ask, other) => {
        expect((await ask([])).challenges).toEqual([
          `Bearer scope="read", ${where}`,
          `DPoP ${algs}, scope="read", ${where}`,
        ])
        expect((await ask(bearer('x'))).challenges).toHaveLength(1)
        expect(other.api.metadata.dpop_signing_alg_values_supported).toContain('ES256')
      })
    })

    it.each([
      ['T03 the scheme alone', 'DPoP', 'invalid_request'],
      ['T05 two tokens', 'DPoP a, DPoP b', 'invalid_request'],
      ['T06 a tab', 'DPoP\ta', 'invalid_request'],
      ['a token that is no good', 'DPoP a.b.c', 'invalid_token'],
    ])('answers %s in the terms of DPoP', async (_, field, error) => {
      const response = await send({ headers: [['authorization', field]] })
      expect(refusalOf(response)).toEqual(proofRefusal(error))
    })

    it('S01 tells a client that uses DPoP which scopes it lacks', async () => {
      const token = boundToken(world, { scope: 'write' })
      const { status, challenges } = await send({ headers: dpop(token) })
      expect([status, challenges]).toEqual([
        403,
        [
          expect.stringMatching(
            /^DPoP error="insufficient_scope", .*, algs="[\w ]+", scope="read", resource_/,
          ),
        ],
      ])
    })

    it('D10 accepts a proof once when it comes 20 times at once', async () => {
      const headers = dpop(boundToken(world))
      const responses = await Promise.all(Array.from({ length: 20 }, () => send({ headers })))
      expect(responses.filter(({ status }) => status === 200)).toHaveLength(1)
      expect(responses.filter(({ status }) => status === 401)).toHaveLength(19)
    })

    it('D11 uses up only proofs that are good', async () => {
      const keys: string[] = []
      const replayStore: ReplayStore = {
        putIfAbsent: async (key) => keys.push(key) > 0,
      }
      await run({ dpop: { replayStore } }, async (ask, other) => {
        const token = boundToken(other)
        const proof = proofOf(token, { jti: 'same' })
        const failures = [
          `${proof.slice(0, -8)}AAAAAAAA`,
          proofOf('another', { jti: 'same' }),
          proofOf(token, { jti: 'same', htm: 'POST' }),
        ]
        for (const failure of failures) {
          expect((await ask(dpop(token, failure))).status).toBe(401)
        }
        const stolen = other.token(ofAnotherKey)
        expect((await ask(dpop(stolen, proofOf(stolen)))).status).toBe(401)
        expect(keys).toEqual([])
        expect((await ask(dpop(token, proof))).status).toBe(200)
        expect(keys).toEqual([expect.stringMatching(/^[\w-]{43}$/)])
      })
    })

    it('D12 takes the method of the request', async () => {
      const token = boundToken(world)
      const post = { method: 'POST', headers: dpop(token, proofOf(token, { htm: 'POST' })) }
      expect((await send(post)).status).toBe(200)
    })

    it('D16 takes no host from Host', async () => {
      const token = boundToken(world)
      const proof = proofOf(token, { htu: 'https://evil.example/' })
      const response = await send({
        headers: [...dpop(token, proof), ['host', 'evil.example']],
      })
      expect(refusalOf(response)).toEqual(proofRefusal('invalid_dpop_proof'))
      expect(world.reasons()).toEqual(['proof_wrong_uri'])
    })

    it('takes the host from publicOrigin', async () => {
      const origins = [
        'https://public.example',
        () => 'https://public.example',
      ] satisfies ResourceServerOptions['publicOrigin'][]
      for (const publicOrigin of origins) {
        await run({ publicOrigin }, async (ask, other) => {
          const token = boundToken(other)
          const proof = proofOf(token, { htu: 'https://public.example/' })
          expect((await ask(dpop(token, proof))).status).toBe(200)
          expect((await ask(dpop(token))).status).toBe(401)
        })
      }
    })

    it.each<[string, ReplayStore['putIfAbsent']]>([
      ['throws', () => Promise.reject(new Error('no database'))],
      [
        'throws at once',
        () => {
          throw new Error('no database')
        },
      ],
      ['answers something else', (() => 'OK') as unknown as ReplayStore['putIfAbsent']],
    ])('D30 answers 503 when the replay store %s', async (_, putIfAbsent) => {
      await run({ dpop: { replayStore: { putIfAbsent } } }, async (ask, other) => {
        const response = await ask(dpop(boundToken(other)))
        expect(refusalOf(response)).toEqual(refusal('temporarily_unavailable'))
        expect(JSON.stringify(response)).not.toContain('database')
        expect(other.reasons()).toEqual(['replay_store_unavailable'])
      })
    })

    it('D32 refuses a confirmation that is not understood, whatever is proven', async () => {
      for (const cnf of [{}, 'x', { kid: 'k1' }, { jkt: '' }, { jkt: ['x'] }]) {
        const response = await send({ headers: dpop(world.token({ cnf })) })
        expect(refusalOf(response)).toEqual(proofRefusal('invalid_token'))
      }
      expect(new Set(world.reasons())).toEqual(new Set(['unsupported_confirmation']))
    })

    it('P05 tells in the metadata what is required', async () => {
      const metadata = { authorization_details_types_supported: ['payment'] } as const
      const mtls = { certificate: () => undefined } as const
      await run({ dpop: 'require', mtls, metadata }, async (ask) => {
        expect(JSON.parse((await ask([], metadataPath)).body)).toMatchObject({
          dpop_bound_access_tokens_required: true,
          dpop_signing_alg_values_supported: expect.arrayContaining(['ES256', 'EdDSA']),
          tls_client_certificate_bound_access_tokens: true,
          authorization_details_types_supported: ['payment'],
        })
      })
    })

    it('senderConstrained needs a token that is bound', async () => {
      const plain = await send({ path: '/constrained', headers: bearer(world.token()) })
      expect(plain).toMatchObject({
        status: 401,
        challenges: [expect.stringMatching(/^DPoP error="invalid_token", /)],
      })
      const token = boundToken(world)
      const htu = 'https://api.example.com/constrained'
      const headers = dpop(token, proofOf(token, { htu }))
      expect((await send({ path: '/constrained', headers })).status).toBe(200)
      const certified = dpop(token, proofOf(token, { htu: `${htu}-mtls` }))
      const refused = await send({ path: '/constrained-mtls', headers: certified })
      expect(refused.status).toBe(401)
      expect(world.reasons()).toEqual(['no_key_binding', 'no_certificate_binding'])
    })

    it('R08 answers what a handler requires in the terms of DPoP', async () => {
      const token = boundToken(world)
      const proof = proofOf(token, { htu: 'https://api.example.com/later' })
      const { status, challenges } = await send({ path: '/later', headers: dpop(token, proof) })
      expect([status, challenges]).toEqual([
        403,
        [expect.stringMatching(/^DPoP error="insufficient_scope", .*scope="write"/)],
      ])
    })

    it('H13 reports nothing of a proof', async () => {
      const token = boundToken(world)
      const proof = proofOf(token, { iat: now - 600 })
      await send({ headers: dpop(token, proof) })
      expect(world.reasons()).toEqual(['proof_wrong_time'])
      expect(JSON.stringify(world.events)).not.toContain(proof.split('.')[1])
    })
  })
}
