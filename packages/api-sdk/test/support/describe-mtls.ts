import { describe, expect, it } from 'vitest'
import { headerCertificate } from '../../src/index.js'
import type { MtlsOptions, ResourceServerOptions } from '../../src/index.js'
import { createCertificate } from './certificates.js'
import type { HeaderFields, ServeRoutes, TestResponse } from './guarded-app.js'
import { dpop, proofOf, thumbprint } from './proofs.js'
import { bearer, proofRefusal, refusal, refusalOf } from './refusals.js'
import { routes } from './routes.js'
import { createWorld } from './world.js'
import type { World } from './world.js'

type Send = (headers: HeaderFields, path?: string) => Promise<TestResponse>

const [own, other] = [createCertificate('client'), createCertificate('other')]
const bound = { cnf: { 'x5t#S256': own.thumbprint } }

const proxy: readonly [string, string] = ['x-proxy', 'secret of the proxy']
const shows = (certificate: string): HeaderFields => [proxy, ['client-cert', certificate]]

const behindProxy: MtlsOptions = {
  certificate: headerCertificate({
    header: 'Client-Cert',
    trusted: ({ headers }) => headers['x-proxy'] === proxy[1],
  }),
}

const structured = (der: Buffer): string => `:${der.toString('base64')}:`

/** How tokens are presented that are bound to a client certificate (RFC 8705). */
export function describeMtls(serve: ServeRoutes): void {
  const run = async (
    mtls: MtlsOptions,
    test: (send: Send, world: World) => Promise<void>,
    options: Partial<ResourceServerOptions> = {},
  ): Promise<void> => {
    const world = createWorld({ mtls, ...options })
    const app = await serve(world.api, routes)
    await test((headers, path = '/') => app.send({ path, headers }), world)
    await app.close()
  }

  describe('certificates', () => {
    it.each<[string, MtlsOptions['certificate']]>([
      ['DER', () => own.der],
      ['DER in a Uint8Array', () => Uint8Array.from(own.der)],
      ['PEM', () => own.pem],
      ['a chain in PEM', () => `${own.pem}${other.pem}`],
      ['percent-encoded PEM', () => encodeURIComponent(own.pem)],
      ['RFC 9440', () => structured(own.der)],
    ])('M03 accepts the certificate of the token as %s', async (_, certificate) => {
      await run({ certificate }, async (send, { token }) => {
        const response = await send(bearer(token(bound)), '/binding')
        expect(response.body).toBe('{"binding":{"kind":"mtls"}}')
      })
    })

    it.each([
      ['percent-encoded PEM', encodeURIComponent(own.pem)],
      ['RFC 9440', structured(own.der)],
    ])('M03 accepts it from a proxy as %s', async (_, field) => {
      await run(behindProxy, async (send, { token }) => {
        expect((await send([...bearer(token(bound)), ...shows(field)])).status).toBe(200)
      })
    })

    it.each([
      ['none', [], 'certificate_missing'],
      ['another', shows(structured(other.der)), 'binding_mismatch'],
      [
        'M04 the right one, past the proxy',
        [['client-cert', structured(own.der)]],
        'certificate_missing',
      ],
      ['M06 an empty field', shows(''), 'binding_mismatch'],
      ['M06 garbage', shows('garbage'), 'binding_mismatch'],
      ['M06 garbage in the form of RFC 9440', shows(':AAAA:'), 'binding_mismatch'],
      ['M06 a broken percent-encoding', shows('%E0%A4%A'), 'binding_mismatch'],
      ['M06 8 KiB', shows('A'.repeat(8 * 1024)), 'binding_mismatch'],
      [
        'M06 two that are percent-encoded',
        [...shows(encodeURIComponent(own.pem)), ['client-cert', encodeURIComponent(other.pem)]],
        'binding_mismatch',
      ],
      ['M06 two', shows(`${structured(other.der)}, ${structured(own.der)}`), 'binding_mismatch'],
      [
        'M06 two fields',
        [...shows(structured(own.der)), ['client-cert', structured(own.der)]],
        'binding_mismatch',
      ],
    ] satisfies [string, HeaderFields, string][])(
      'M02 refuses a bound token with %s',
      async (_, headers, reason) => {
        await run(behindProxy, async (send, { token, reasons }) => {
          const response = await send([...bearer(token(bound)), ...headers])
          expect(refusalOf(response)).toEqual(refusal('invalid_token'))
          expect(response.challenges).toHaveLength(1)
          expect(reasons()).toEqual([reason])
        })
      },
    )

    it('answers 503 when nobody can tell whether to trust the header', async () => {
      const broken = headerCertificate({
        header: 'client-cert',
        trusted: () => {
          throw new Error('no database')
        },
      })
      const late = (async () => false) as unknown as () => boolean
      const promising = headerCertificate({ header: 'client-cert', trusted: late })
      for (const certificate of [broken, promising]) {
        await run({ certificate }, async (send, { token }) => {
          const headers = [...bearer(token(bound)), ...shows(structured(own.der))]
          expect(refusalOf(await send(headers))).toEqual(refusal('temporarily_unavailable'))
        })
      }
    })

    it('M05 needs both when a token is bound to both', async () => {
      await run(behindProxy, async (send, { token, reasons }) => {
        const both = token({ cnf: { jkt: thumbprint, 'x5t#S256': own.thumbprint } })
        const certificate = shows(structured(own.der))
        const htu = 'https://api.example.com/binding'
        const good = await send([...dpop(both, proofOf(both, { htu })), ...certificate], '/binding')
        expect(good.body).toBe('{"binding":{"kind":"dpop+mtls"}}')
        const withoutCertificate = await send(dpop(both))
        expect(refusalOf(withoutCertificate)).toEqual(proofRefusal('invalid_token'))
        const withoutProof = await send([['authorization', `DPoP ${both}`], ...certificate])
        expect(refusalOf(withoutProof)).toEqual(proofRefusal('invalid_dpop_proof'))
        expect((await send([...bearer(both), ...certificate])).status).toBe(401)
        expect(reasons()).toEqual(['certificate_missing', 'proof_missing', 'binding_required'])
      })
    })

    it('M07 refuses a token that is bound to none when that is required', async () => {
      await run({ ...behindProxy, mode: 'require' }, async (send, { token, reasons }) => {
        const certificate = shows(structured(own.der))
        const response = await send([...bearer(token()), ...certificate])
        expect(refusalOf(response)).toEqual(refusal('invalid_token'))
        expect(reasons()).toEqual(['no_certificate_binding'])
        expect((await send([...bearer(token(bound)), ...certificate])).status).toBe(200)
      })
    })

    it('accepts a token that is bound to none where that is not required', async () => {
      await run(behindProxy, async (send, { token }) => {
        expect((await send(bearer(token()))).status).toBe(200)
      })
    })

    it('senderConstrained is met by a certificate', async () => {
      await run(behindProxy, async (send, { token, reasons }) => {
        const certificate = shows(structured(own.der))
        const certified = [...bearer(token(bound)), ...certificate]
        expect((await send(certified, '/constrained')).status).toBe(200)
        expect((await send(certified, '/constrained-mtls')).status).toBe(200)
        const plain = await send([...bearer(token()), ...certificate], '/constrained-mtls')
        expect(plain.challenges).toEqual([expect.stringMatching(/^Bearer error="invalid_token"/)])
        expect(reasons()).toEqual(['no_certificate_binding'])
      })
    })
  })
}
