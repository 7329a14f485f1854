import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCertificate } from './certificates.js'
import type { GuardedApp, ServeRoutes } from './guarded-app.js'
import { boundToken, dpop, proofOf, thumbprint } from './proofs.js'
import { bearer, metadataPath, where } from './refusals.js'
import { routes } from './routes.js'
import { createWorld } from './world.js'

type Members = Readonly<Record<string, unknown>>

const certificate = createCertificate('client')
const algorithms = 'PS256 ES256 EdDSA Ed25519'.split(' ')

/** What the FAPI 2.0 Security Profile changes. */
export function describeFapi2(serve: ServeRoutes): void {
  describe('profile fapi2', () => {
    const world = createWorld({ profile: 'fapi2' })
    let app: GuardedApp
    beforeAll(async () => {
      app = await serve(world.api, routes)
    })
    afterAll(() => app.close())

    it('accepts a token that is bound to a key, with its proof', async () => {
      const response = await app.send({ headers: dpop(boundToken(world)) })
      expect(response).toMatchObject({ status: 200, body: '{"subject":"alice"}' })
    })

    it.each<[string, Members, Members]>([
      ['K08 a jku', {}, { jku: 'https://id.example.com/jwks' }],
      ['K08 an x5u', {}, { x5u: 'https://id.example.com/cert' }],
      ['K12 no kid', {}, { kid: undefined }],
      ['A05 another audience besides', { aud: ['https://api.example.com', 'b'] }, {}],
    ])('refuses %s', async (_, claims, header) => {
      const token = world.token({ cnf: { jkt: thumbprint }, ...claims }, header)
      const response = await app.send({ headers: dpop(token) })
      expect(response.status).toBe(401)
      expect(response.headers['www-authenticate']).toContain('error="invalid_token"')
    })

    it('refuses a token that is bound to nothing, D05 also with a proof', async () => {
      for (const headers of [
        bearer(world.token()),
        [...bearer(world.token()), ['dpop', proofOf(world.token())] as const],
        dpop(world.token()),
      ]) {
        const response = await app.send({ headers })
        expect(response.status).toBe(401)
        expect(response.headers['www-authenticate']).toMatch(/^DPoP error="invalid_token"/)
      }
    })

    it('tells clients of DPoP, and of the algorithms that it allows', async () => {
      const { headers } = await app.send({})
      const [, told = ''] = /^DPoP algs="([^"]*)", scope="read", /.exec(
        headers['www-authenticate'] ?? '',
      ) ?? ['', '']
      expect(new Set(told.split(' '))).toEqual(new Set(algorithms))
      expect(headers['www-authenticate']).toContain(where)
      const { body } = await app.send({ path: metadataPath })
      expect(JSON.parse(body)).toMatchObject({ dpop_bound_access_tokens_required: true })
    })

    it('accepts a key or a certificate where there are both', async () => {
      const both = createWorld({ profile: 'fapi2', mtls: { certificate: () => certificate.der } })
      const other = await serve(both.api, routes)
      const certified = both.token({ cnf: { 'x5t#S256': certificate.thumbprint } })
      expect((await other.send({ headers: bearer(certified) })).status).toBe(200)
      expect((await other.send({ headers: dpop(boundToken(both)) })).status).toBe(200)
      expect((await other.send({ headers: bearer(both.token()) })).status).toBe(401)
      await other.close()
    })

    it('accepts certificates alone', async () => {
      const mtls = { certificate: () => certificate.der }
      const certified = createWorld({ profile: 'fapi2', dpop: 'reject', mtls })
      const other = await serve(certified.api, routes)
      const token = certified.token({ cnf: { 'x5t#S256': certificate.thumbprint } })
      expect((await other.send({ headers: bearer(token) })).status).toBe(200)
      const refused = await other.send({ headers: bearer(certified.token()) })
      expect(refused.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/)
      expect(certified.reasons()).toEqual(['no_certificate_binding'])
      await other.close()
    })

    it('refuses unbound tokens also where DPoP is only accepted', async () => {
      const lax = createWorld({ profile: 'fapi2', dpop: 'accept' })
      expect(await lax.outcome(lax.token())).toBe('no_key_binding')
    })
  })
}
