import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ResourceServerOptions } from '../../src/index.js'
import type { GuardedApp, ServeRoutes, TestResponse } from './guarded-app.js'
import { bearer, metadataPath, refusal, refusalOf, where } from './refusals.js'
import { routes } from './routes.js'
import { createWorld } from './world.js'
import type { World } from './world.js'

type Members = Readonly<Record<string, unknown>>

const resource = 'https://api.example.com/mcp'

/** What profiles change, and what clients can be told. */
export function describeProfiles(serve: ServeRoutes): void {
  const withProfile = (
    profile: ResourceServerOptions['profile'] & string,
    tell: (send: (claims: Members, header?: Members) => Promise<TestResponse>) => void,
  ): void => {
    describe(`profile ${profile}`, () => {
      const world: World = createWorld({ profile })
      let app: GuardedApp
      beforeAll(async () => {
        app = await serve(world.api, routes)
      })
      afterAll(() => app.close())
      tell((claims, header) => app.send({ headers: bearer(world.token(claims, header)) }))
    })
  }

  withProfile('legacy', (send) => {
    it.each<[string, Members, Members]>([
      ['typ JWT', {}, { typ: 'JWT' }],
      ['typ at+jwt', {}, {}],
      ['the client in azp', { client_id: undefined, azp: 'web' }, { typ: 'JWT' }],
      ['the client in appid', { client_id: undefined, appid: 'web' }, { typ: 'JWT' }],
      ['the client in cid', { client_id: undefined, cid: 'web' }, { typ: 'JWT' }],
      ['the client twice', { azp: 'web' }, {}],
    ])('accepts %s', async (_, claims, header) => {
      expect(await send(claims, header)).toMatchObject({ status: 200, body: '{"subject":"alice"}' })
    })

    it('C08 accepts no sub', async () => {
      expect((await send({ sub: undefined }, { typ: 'JWT' })).status).toBe(200)
    })

    it.each<[string, Members, Members]>([
      ['J07 nonce', { nonce: 'n' }, { typ: 'JWT' }],
      ['J07 at_hash', { at_hash: 'h' }, { typ: 'JWT' }],
      ['J07 c_hash', { c_hash: 'h' }, { typ: 'JWT' }],
      ['J07 the client as audience', { aud: ['https://api.example.com', 'web'] }, { typ: 'JWT' }],
      ['J02 no typ', {}, { typ: undefined }],
      ['J04 the type of a DPoP proof', {}, { typ: 'dpop+jwt' }],
      ['J06 typ a list', {}, { typ: ['JWT'] }],
      ['two clients', { azp: 'other' }, {}],
      ['C07 no client', { client_id: undefined }, {}],
      ['C07 no jti', { jti: undefined }, {}],
    ])('refuses %s', async (_, claims, header) => {
      expect(refusalOf(await send(claims, header))).toEqual(refusal('invalid_token'))
    })
  })

  it('P04 serves the metadata at the root of the host only when told', async () => {
    for (const [options, status] of [
      [{ resource }, 404],
      [{ resource, metadata: { rootAlias: true } }, 200],
      [{ resource, profile: 'mcp' }, 200],
      [{ resource, profile: 'mcp', metadata: { rootAlias: false } }, 404],
    ] satisfies [Partial<ResourceServerOptions>, number][]) {
      const app = await serve(createWorld(options).api, routes)
      const own = await app.send({ path: `${metadataPath}/mcp` })
      const root = await app.send({ path: metadataPath })
      expect([own.status, root.status]).toEqual([200, status])
      if (status === 200) expect(root.body).toBe(own.body)
      expect(JSON.parse(own.body)).not.toHaveProperty('rootAlias')
      await app.close()
    }
  })

  describe('challenge', () => {
    it.each<[string, ResourceServerOptions['challenge'] & object, Members]>([
      [
        'no descriptions',
        { descriptions: false },
        {
          'www-authenticate': `Bearer error="invalid_token", scope="read", ${where}`,
          body: '{"error":"invalid_token"}',
        },
      ],
      ['no body', { body: 'none' }, { body: '', 'content-type': undefined }],
      [
        'a problem document (RFC 9457)',
        { body: 'problem+json' },
        {
          body: expect.stringMatching(
            /^{"title":"Unauthorized","status":401,"detail":"[^"]+","error":"invalid_token"}$/,
          ),
          'content-type': 'application/problem+json',
        },
      ],
      [
        'a problem document without description',
        { body: 'problem+json', descriptions: false },
        {
          'www-authenticate': `Bearer error="invalid_token", scope="read", ${where}`,
          body: '{"title":"Unauthorized","status":401,"error":"invalid_token"}',
          'content-type': 'application/problem+json',
        },
      ],
    ])('can have %s', async (_, challenge, changes) => {
      const world = createWorld({ challenge })
      const app = await serve(world.api, routes)
      const response = await app.send({ headers: bearer(world.token({ exp: 1 })) })
      expect(refusalOf(response)).toEqual({ ...refusal('invalid_token'), ...changes })
      const later = await app.send({ path: '/later', headers: bearer(world.token()) })
      expect(later.status).toBe(403)
      const isDescribed = challenge.descriptions !== false
      expect(later.headers['www-authenticate']?.includes('error_description')).toBe(isDescribed)
      await app.close()
    })
  })
}
